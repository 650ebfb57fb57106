// The finder page: the form and the fragment say what is sought, the worker ranks, the cards of the full list are shown again
// in that order. Nothing is kept: no cookie, no storage; a fragment never reaches a server. All words are the template's.
(() => {
  // A search field elsewhere (the home page) leads here; its input has no name, so that without this script nothing is sent.
  for (const form of document.querySelectorAll('form[data-find]')) form.addEventListener('submit', event => {
    const typed = form.querySelector('input').value.trim()
    event.preventDefault()
    location.href = form.action.split('#')[0] + (typed ? '#q=' + encodeURIComponent(typed) : '')
  })

  const root = document.querySelector('[data-finder]')
  if (!root) return
  const one = name => root.querySelector('[data-' + name + ']')
  const form = one('finder-form'), field = form.elements.q, list = one('results'), all = one('all'), status = one('status'), more = one('more')
  const FACETS = ['topic', 'for', 'area', 'threshold', 'channel'], MARKS = ['free', 'anonymous'], PAGE = 20, SLICE = 10
  const boxes = [...form.querySelectorAll('input[type=checkbox]')], numbers = boxes.map(box => [box, box.closest('label')?.querySelector('[data-count]')]), NAMES = [...FACETS, ...MARKS]
  const order = boxes.filter(box => box.name === 'threshold').map(box => box.value), fold = one('filters')
  // Cards are text, a line each, until they are shown: a large site's page has no thousand elements that nobody looks at.
  const lines = new Map(), cards = new Map(), facts = new Map(), doors = {}
  let told = document.querySelector('[data-cards]')
  // The page's own are read when first needed, or when the phone is idle.
  function look() {
    told?.textContent.split('\n').forEach(keep)
    told = null
  }
  function keep(line) {
    const [, id, threshold] = /data-service="([^"]+).* data-threshold="([^"]+)/.exec(line.slice(0, line.indexOf('>'))) || []
    if (!id || lines.has(id)) return
    lines.set(id, line);
    (doors[threshold] ||= []).push(id)
  }
  // The elements of these services, each made once.
  function elements(ids) {
    const text = ids.filter(id => !cards.has(id)).map(id => lines.get(id)).join('')
    if (text) for (const card of [...new DOMParser().parseFromString(text, 'text/html').body.children]) cards.set(card.dataset.service, card)
    return ids.map(id => cards.get(id))
  }
  const files = JSON.parse(root.dataset.files), absolute = path => new URL(path, document.baseURI).href
  const counts = JSON.parse(status.dataset.counts), plural = new Intl.PluralRules(document.documentElement.lang)
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
  const show = (element, shown) => { if (element && element.hidden === !!shown) element.hidden = !shown }
  const idle = window.requestIdleCallback || setTimeout
  let worker, latest, limit = PAGE, timer, telling, drawing, broken, missing = files.parts.filter(part => part.cards).length

  // The fragment and the form, each from the other.
  const chosen = () => Object.fromEntries(NAMES.map(name => [name, boxes.filter(box => box.name === name && box.checked).map(box => box.value)]))
  function fragment() {
    const parts = new URLSearchParams()
    if (field.value.trim()) parts.set('q', field.value.trim())
    for (const [name, values] of Object.entries(chosen())) if (values.length) parts.set(name, values.join(','))
    return '#' + parts.toString().replace(/%2C/g, ',')
  }
  function read() {
    const parts = new URLSearchParams(location.hash.slice(1))
    field.value = parts.get('q') || ''
    for (const box of boxes) box.checked = (parts.get(box.name) || '').split(',').includes(box.value)
    if (fold && NAMES.some(name => parts.has(name))) fold.open = true
    limit = PAGE
    update()
  }
  function changed(event) {
    limit = PAGE
    clearTimeout(timer)
    timer = setTimeout(() => history.replaceState(history.state, '', fragment().length > 1 ? fragment() : location.pathname + location.search), 300)
    update(event?.target === field)
  }

  // Filters: a service passes when each filter with a choice has one that is the service's. What a service has stands in its card's
  // first tag.
  function factsOf(id) {
    if (!facts.has(id)) {
      const line = lines.get(id), found = Object.fromEntries([...line.slice(0, line.indexOf('>')).matchAll(/ data-(\w+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value]))
      facts.set(id, Object.fromEntries(NAMES.map(name => [name, MARKS.includes(name) ? (name in found ? ['1'] : []) : (found[name] || '').split(' ')])))
    }
    return facts.get(id)
  }
  // The names of the filters that a service does not pass.
  const fails = (own, filters) => filters.filter(([name, values]) => !values.some(value => own[name].includes(value))).map(([name]) => name)

  function open() {
    if (worker) return
    try {
      worker = new Worker(absolute(files.worker))
    } catch { return failed() }
    worker.onerror = failed
    worker.onmessage = ({ data }) => {
      if (data.failed) return failed()
      if (data.ready && !navigator.connection?.saveData) idle(() => worker.postMessage({ more: true }))
      // A large site's cards come with each part of the index.
      const extra = files.parts[data.part]?.cards
      if (extra) fetch(absolute(extra)).then(answer => answer.text()).catch(() => '').then(text => inTurn(text.split('\n'), keep, 200, () => { missing--; draw() }))
      if (data.query === field.value.trim()) { latest = data; draw() }
    }
    const parts = files.parts.map(part => ({ core: absolute(part.core), texts: absolute(part.texts) }))
    // The part of the area in the fragment is wanted before others; its name says nothing of what is typed.
    const first = files.parts.findIndex(part => chosen().area.some(area => part.areas.includes(area)))
    worker.postMessage({ files: { own: absolute(files.own), others: files.others.map(absolute), parts }, first: Math.max(0, first) })
  }
  // From file:// or without the files: the full list stays, and is said to be.
  function failed() { worker = worker || { postMessage() {} }; broken = true; show(list, false); show(all, true); tell(status.dataset.failed) }

  // While letters are typed, what was found stands until there is an answer.
  function update(typing) {
    const query = field.value.trim()
    if (query || (missing && narrowed())) open()
    if (!query) { latest = null; return draw() }
    worker.postMessage({ query })
    if (latest && !typing) draw()
  }
  const narrowed = () => boxes.some(box => box.checked)

  // Work in tasks so short that typing is never held up: `step` for each item, `size` of them a task, then `done`. Only the newest is
  // gone on with where `drawing` is asked.
  function inTurn(items, step, size, done, going = () => true) {
    let at = 0
    const go = () => {
      if (!going()) return
      for (const end = Math.min(items.length, at + size); at < end; at++) step(items[at], at)
      if (at < items.length) setTimeout(go)
      else done()
    }
    go()
  }

  function draw() {
    const mine = (drawing = {}), going = () => drawing === mine
    const query = field.value.trim(), filters = Object.entries(chosen()).filter(([, values]) => values.length)
    if ((query && !latest) || (broken && missing)) return
    const asked = query || filters.length, counting = fold?.open, found = [], many = {}
    if (!asked) clear()
    if (!asked && !counting) return
    look()
    const ranked = query ? latest.ids.filter(id => lines.has(id)) : order.flatMap(code => doors[code] || [])
    // Each choice counts the services that pass all other filters, each service looked at once.
    inTurn(counting || filters.length ? ranked : [], id => {
      const own = factsOf(id), failed = fails(own, filters)
      if (!failed.length) found.push(id)
      if (counting && failed.length < 2) for (const name of failed.length ? failed : NAMES) for (const value of own[name]) {
        const choice = name + ' ' + value
        many[choice] = (many[choice] || 0) + 1
      }
    }, 100, () => {
      if (asked) put(query, filters.length || counting ? found : ranked, ranked, going)
      if (counting) for (const [box, count] of numbers) {
        const said = String(many[box.name + ' ' + box.value] || 0)
        if (count && count.textContent !== said) count.textContent = said
      }
    }, going)
  }
  // Nothing is asked: the full list.
  function clear() {
    delete list.dataset.query
    for (const name of ['results', 'more', 'empty', 'acute', 'order', 'guess']) show(one(name), false)
    list.replaceChildren()
    show(all, true)
    tell('')
  }
  function put(query, found, ranked, going) {
    const settled = !missing && (!query || latest.settled), wanted = found.slice(0, limit), said = query ? latest.guesses : [], guess = one('guess')
    delete list.dataset.query
    show(all, false); show(list, found.length); show(more, found.length > limit)
    show(one('empty'), !found.length && settled); show(one('acute'), query && latest.acute); show(one('order'), !query)
    if (!found.length) nearest(ranked)
    show(guess, said.length)
    if (guess) guess.textContent = said.length ? fill(guess.dataset.guess, { words: said.map(([, meant]) => meant).join(', ') }) : ''
    tell(fill(counts[plural.select(found.length)] || counts.other, { count: found.length }))
    // Cards that stay are not touched; the first ones stand at once, the rest in the next tasks.
    const stay = new Set(wanted)
    for (const card of [...list.children]) if (!stay.has(card.dataset.service)) card.remove()
    let first = 0
    while (first < wanted.length && list.children[first]?.dataset.service === wanted[first]) first++
    inTurn(wanted.slice(first).reduce((groups, id, at) => (at % SLICE ? groups.at(-1).push(id) : groups.push([id]), groups), []), (ids, group) => {
      elements(ids).forEach((card, at) => {
        const place = list.children[first + group * SLICE + at]
        if (place !== card) list.insertBefore(card, place || null)
      })
    }, 1, () => { if (query && settled && latest.query === query) list.dataset.query = query }, going)
  }
  // When filters leave nothing, the topics of what was found without them come first.
  function nearest(ranked) {
    const near = id => ranked.slice(0, 5).filter(service => factsOf(service).topic.includes(id)).length
    const items = [...(one('empty')?.querySelectorAll('[data-topic]') || [])]
    if (items.length) items[0].parentNode.append(...items.sort((a, b) => near(b.dataset.topic) - near(a.dataset.topic)))
  }
  // Said once typing rests, so that a screen reader is not talked over.
  function tell(text) {
    clearTimeout(telling)
    telling = setTimeout(() => { if (status.textContent !== text) status.textContent = text }, 500)
  }

  form.addEventListener('submit', event => { event.preventDefault(); changed() })
  form.addEventListener('input', changed)
  form.addEventListener('reset', () => setTimeout(changed))
  field.addEventListener('focus', () => setTimeout(open))
  more?.addEventListener('click', () => {
    const first = limit
    limit += PAGE
    draw()
    list.children[first]?.querySelector('a')?.focus({ preventScroll: true })
  })
  fold?.addEventListener('toggle', () => { if (fold.open) draw() })
  addEventListener('hashchange', read)
  root.dataset.finder = 'ready'
  idle(look)
  read()
})()
