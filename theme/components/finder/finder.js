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
  const FACETS = ['topic', 'for', 'area', 'threshold', 'channel'], MARKS = ['free', 'anonymous'], PAGE = 20
  const boxes = [...form.querySelectorAll('input[type=checkbox]')], numbers = boxes.map(box => [box, box.closest('label')?.querySelector('[data-count]')]), NAMES = [...FACETS, ...MARKS]
  const order = boxes.filter(box => box.name === 'threshold').map(box => box.value), cards = new Map()
  let easiest = []
  function keep(holder) {
    for (const card of holder.querySelectorAll('[data-service]')) if (!cards.has(card.dataset.service)) cards.set(card.dataset.service, card)
    const rank = id => order.indexOf(cards.get(id).dataset.threshold)
    easiest = [...cards.keys()].sort((a, b) => rank(a) - rank(b))
  }
  keep((one('cards') || all).content || one('cards') || all)
  const files = JSON.parse(root.dataset.files), absolute = path => new URL(path, document.baseURI).href
  const counts = JSON.parse(status.dataset.counts), plural = new Intl.PluralRules(document.documentElement.lang)
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
  const show = (element, shown) => { if (element) element.hidden = !shown }
  let worker, latest, limit = PAGE, timer, telling

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
    const used = NAMES.some(name => parts.has(name)), fold = one('filters')
    if (fold && used) fold.open = true
    limit = PAGE
    update()
  }
  function changed() {
    limit = PAGE
    clearTimeout(timer)
    timer = setTimeout(() => history.replaceState(history.state, '', fragment().length > 1 ? fragment() : location.pathname + location.search), 300)
    update()
  }

  // Filters: a service passes when each filter with a choice has one that is the service's.
  const facts = new Map()
  function factsOf(id) {
    if (!facts.has(id)) {
      const { dataset } = cards.get(id)
      facts.set(id, Object.fromEntries(NAMES.map(name => [name, MARKS.includes(name) ? (name in dataset ? ['1'] : []) : (dataset[name] || '').split(' ')])))
    }
    return facts.get(id)
  }
  const has = (id, name, value) => factsOf(id)[name].includes(MARKS.includes(name) ? '1' : value)
  // The names of the filters that a service does not pass.
  const fails = (id, filters) => filters.filter(([name, values]) => !values.some(value => has(id, name, value))).map(([name]) => name)

  function open() {
    if (worker) return
    try {
      worker = new Worker(absolute(files.worker))
    } catch { return failed() }
    worker.onerror = failed
    worker.onmessage = ({ data }) => {
      if (data.failed) return failed()
      if (data.ready && !navigator.connection?.saveData) (window.requestIdleCallback || setTimeout)(() => worker.postMessage({ more: true }))
      // A large site's cards come with each part of the index.
      const extra = files.parts[data.part]?.cards
      if (extra) fetch(absolute(extra)).then(answer => answer.text()).then(text => { keep(new DOMParser().parseFromString(text, 'text/html')); render() })
      if (data.query === field.value.trim()) { latest = data; render() }
    }
    const parts = files.parts.map(part => ({ core: absolute(part.core), texts: absolute(part.texts) }))
    // The part of the area in the fragment is wanted before others; its name says nothing of what is typed.
    const first = files.parts.findIndex(part => chosen().area.some(area => part.areas.includes(area)))
    worker.postMessage({ files: { own: absolute(files.own), others: files.others.map(absolute), parts }, first: Math.max(0, first) })
  }
  // From file:// or without the files: the full list stays, and is said to be.
  function failed() { worker = worker || { postMessage() {} }; show(list, false); show(all, true); tell(status.dataset.failed) }

  function update() {
    const query = field.value.trim()
    if (!query) { latest = null; return render() }
    open()
    worker.postMessage({ query })
    if (latest) render()
  }

  function render() {
    const query = field.value.trim(), filters = Object.entries(chosen()).filter(([, values]) => values.length), narrowed = filters.length > 0
    if (query && !latest) return
    const ranked = query ? latest.results.map(([id]) => id).filter(id => cards.has(id)) : easiest
    const found = [], many = {}, asked = query || narrowed
    // Each choice counts the services that pass all other filters, each service looked at once.
    for (const id of ranked) {
      const failed = fails(id, filters), own = factsOf(id)
      if (!failed.length) found.push(id)
      if (failed.length < 2) for (const name of failed.length ? failed : NAMES) for (const value of own[name]) {
        const choice = name + ' ' + value
        many[choice] = (many[choice] || 0) + 1
      }
    }
    for (const [box, count] of numbers) {
      const said = String(many[box.name + ' ' + (MARKS.includes(box.name) ? '1' : box.value)] || 0)
      if (count && count.textContent !== said) count.textContent = said
    }
    if (asked) list.replaceChildren(...found.slice(0, limit).map(id => cards.get(id).cloneNode(true)))
    else list.replaceChildren()
    if (query && latest.settled && latest.query === query) list.dataset.query = query
    else delete list.dataset.query
    show(all, !asked); show(list, asked && found.length); show(more, asked && found.length > limit)
    show(one('empty'), asked && !found.length && (!query || latest.settled))
    show(one('acute'), query && latest.acute); show(one('order'), narrowed && !query)
    nearest(ranked)
    const guess = one('guess'), guesses = query ? latest.guesses : []
    show(guess, guesses.length)
    if (guess) guess.textContent = guesses.length ? fill(guess.dataset.guess, { words: guesses.map(([, meant]) => meant).join(', ') }) : ''
    tell(asked ? fill(counts[plural.select(found.length)] || counts.other, { count: found.length }) : '')
  }
  // When filters leave nothing, the topics of what was found without them come first.
  function nearest(ranked) {
    const near = id => ranked.slice(0, 5).filter(service => has(service, 'topic', id)).length
    const empty = one('empty'), items = empty ? [...empty.querySelectorAll('[data-topic]')] : []
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
  field.addEventListener('focus', open)
  more?.addEventListener('click', () => {
    const first = limit
    limit += PAGE
    render()
    list.children[first]?.querySelector('a')?.focus({ preventScroll: true })
  })
  addEventListener('hashchange', read)
  root.dataset.finder = 'ready'
  read()
})()
