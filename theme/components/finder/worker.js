// A query → services in order, off the main thread. The twin of generator/search (analysis, speech, query), function by
// function: tests/test_search_twin.py holds the two equal. lunr 2.3.9 stands above this in the built file.
const LETTERS = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ё: 'е', '\u00ad': '' }
const LATIN = Object.fromEntries('аa бb вv гh ґh дd еe єe жz зz иi іi їi йi кk лl мm нn оo пp рr сs тt уu фf хh цc чc шs щs ь ъ ыi эe юu яa'.split(' ').map(p => [p[0], p.slice(1)]))
const GROUPS = 'shch:s sch:s zh:z kh:h ch:c sh:s ts:c g:h w:v x:h q:k j:i y:i'.split(' ').map(p => p.split(':'))

const fold = text => text.toLowerCase().replace(/[øæœßđðþłıё\u00ad]/g, c => LETTERS[c]).normalize('NFD')
  .replace(/([a-z])[\u0300-\u036f]+/g, '$1').normalize('NFC').replace(/['’ʼ`´]/g, '')
const words = text => text.normalize('NFC').toLowerCase().replace(/['’ʼ`´]/g, "'").replace(/([a-z])'s(?![a-z])/g, '$1')
  .split(/[^\p{L}\p{M}\p{N}']+/u).map(fold).filter(Boolean)
const isCyrillic = word => /[\u0400-\u04ff]/.test(word)
function skeleton(word) {
  let latin = word.replace(/[а-яіїєґё]/g, c => LATIN[c] ?? c)
  for (const [group, letter] of GROUPS) latin = latin.split(group).join(letter)
  return latin.replace(/i+(?=[aeu])/g, '').replace(/(.)\1+/g, '$1')
}
function shared(one, other) {
  let length = 0
  while (length < one.length && length < other.length && one[length] === other[length]) length++
  return length
}
function distance(one, other, allowed) {
  let older, before, row = [...Array(other.length + 1).keys()]
  for (let i = 1; i <= one.length; i++) {
    older = before; before = row; row = [i]
    let least = i
    for (let j = 1; j <= other.length; j++) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] !== other[j - 1]))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, older[j - 2] + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > allowed) return allowed + 1
  }
  return row[other.length]
}

// Unpacking (lexicon.py, concepts.py).
const FRONT = /([A-Z])([^A-Z]*)/g
const kept = letter => letter.charCodeAt(0) - 65
function unpackWords(packed) {
  let before = ''
  return Array.from(packed.matchAll(FRONT), ([, letter, rest]) => (before = before.slice(0, kept(letter)) + rest))
}
const unpackAliases = (keys, packed) => packed.split(' ').flatMap((told, i) =>
  Array.from(told.matchAll(FRONT), ([, letter, rest]) => [keys[i].slice(0, kept(letter)) + rest, keys[i]]))
const unpackPairs = packed => packed.split(' ').map(row => {
  let number = -1
  return Array.from(row.matchAll(/([A-Z])([0-9a-z]+)/g), ([, letter, step]) => [(number += parseInt(step, 36)), kept(letter) + 1])
})

class Speech {
  constructor(packed) {
    this.language = packed.language
    this.stop = new Set(packed.stop.split(' '))
    this.rules = new Map(Object.entries(packed.rules).flatMap(([action, endings]) => endings.split(' ').map(e => [e, [+action[0], action.slice(1)]])))
    this.concepts = packed.concepts
    this.cyrillic = /^(uk|ru)$/.test(packed.language)
    this.keys = new Map(); this.aliases = new Map(); this.later = new Map(); this.weights = new Map(); this.beginnings = new Map(); this.skeletons = new Map()
    const rows = unpackPairs(packed.weights)
    this.add(packed).forEach((key, i) => this.weights.set(key, (rows[i] || []).map(([number, level]) => [number, level * packed.step])))
  }
  add(packed) {
    const shown = unpackWords(packed.words), keys = shown.map(fold)
    keys.forEach((key, i) => {
      if (this.keys.has(key)) return
      this.keys.set(key, shown[i])
      const start = key.slice(0, 3)
      if (this.beginnings.has(start)) this.beginnings.get(start).push(key)
      else this.beginnings.set(start, [key])
      this.addSkeleton(key, key)
    })
    for (const [alias, key] of unpackAliases(keys, packed.aliases)) {
      if (!this.aliases.has(alias)) this.aliases.set(alias, key)
      this.addSkeleton(alias, key)
    }
    return keys
  }
  addSkeleton(word, key) {
    if (!this.cyrillic || !isCyrillic(word)) return
    const made = skeleton(word)
    if (!this.skeletons.has(made)) this.skeletons.set(made, key)
  }
  addLater(packed) {
    const keys = unpackWords(packed.words).map(fold)
    for (const [alias, key] of [...unpackAliases(keys, packed.aliases), ...keys.map(key => [key, key])]) this.later.set(alias, key)
  }
  stem(word) {
    for (let length = Math.min(7, word.length - 2); length > 0; length--) {
      const action = this.rules.get(word.slice(-length))
      if (action) return word.slice(0, word.length - action[0]) + action[1]
    }
    return word
  }
  exact(word) {
    const made = this.stem(word)
    for (const candidate of [word, made, this.stem(made)]) {
      if (this.keys.has(candidate)) return candidate
      if (this.aliases.has(candidate)) return this.aliases.get(candidate)
    }
    return ''
  }
  // Remembered while a query grows letter by letter; asked again when more words are known.
  meaning(word, last, guess) {
    const asked = word + (last ? '1' : '0') + guess
    if (this.size !== this.keys.size + this.later.size || !this.memory) { this.memory = new Map(); this.size = this.keys.size + this.later.size }
    if (!this.memory.has(asked)) this.memory.set(asked, this.mean(word, last, guess))
    return this.memory.get(asked)
  }
  mean(word, last, guess) {
    let key = this.exact(word)
    if (key) return { keys: new Map([...this.parts(word).map(part => [part, 0.5]), [key, 1]]), quality: 1 }
    key = this.later.get(word) || this.later.get(this.stem(word))
    if (key) return { keys: new Map([[key, 1]]), quality: 1 }
    if (isCyrillic(word) !== this.cyrillic) return this.cyrillic ? this.romanised(word) : { keys: new Map(), quality: 0 }
    const parts = this.parts(word), guesses = guess ? this.guesses(word, last) : []
    if (parts.length && !(guesses.length && guesses[0][1] >= 0.8)) return { keys: new Map(parts.map(part => [part, 0.9])), quality: 0.7 }
    return guesses.length ? { keys: new Map(guesses), quality: guesses[0][1] * 0.6, guessed: guesses[0][0] } : { keys: new Map(), quality: 0 }
  }
  parts(word) {
    let best = [], most = 0
    if (!/^(fi|sv)$/.test(this.language) || word.length < 7) return best
    for (let cut = 3; cut < word.length - 3; cut++) {
      const even = Math.min(cut, word.length - cut)
      if (even <= most) continue
      const left = this.piece(word.slice(0, cut)) || (this.language === 'sv' && word[cut - 1] === 's' && this.piece(word.slice(0, cut - 1)))
      const right = left && this.piece(word.slice(cut))
      if (right) { best = [left, right]; most = even }
    }
    return best
  }
  piece(part) {
    const key = this.exact(part)
    return key.length > 2 && (part === key || part.length > 5 || shared(part, key) > 3) ? key : ''
  }
  guesses(word, last) {
    const made = this.stem(word), found = new Map(), allowed = word.length < 8 ? 1 : 2
    const offer = (key, sure) => { if (sure > (found.get(key) || 0)) found.set(key, sure) }
    const slip = (word, candidate, key, allowed) => {
      if (Math.abs(word.length - candidate.length) > allowed || candidate.length < 4 || (word.length < 6 && word[0] !== candidate[0])) return
      const slips = distance(word, candidate, allowed)
      if (slips <= allowed) offer(key, (slips < 2 ? 0.9 : 0.75) - 0.6 / word.length)
    }
    for (const key of this.beginnings.get(word.slice(0, 3)) || []) {
      let common = shared(key, word)
      if (common === word.length) offer(key, (last ? 0.75 : 0.7) - 0.01 * (key.length - word.length))
      common = Math.max(common, shared(key, made))
      if (common >= 4) offer(key, 0.8 * common / Math.max(key.length, Math.min(word.length, made.length)))
    }
    if (word.length >= 4) {
      for (let length = word.length - allowed; length <= word.length + allowed; length++) for (const key of this.keyed(length, 'keys')) slip(word, key, key, allowed)
      for (let length = made.length - 1; length <= made.length + 1; length++) {
        if (made !== word) for (const key of this.keyed(length, 'keys')) slip(made, key, key, 1)
        for (const alias of this.keyed(length, 'aliases')) slip(made, alias, this.aliases.get(alias), 1)
      }
    }
    const ranked = [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    return ranked.filter(([, sure]) => sure >= 0.5 && sure >= ranked[0][1] - 0.12).slice(0, 4)
  }
  // The keys or aliases of a length, so that a slip is looked for among few.
  keyed(length, kind) {
    const size = this[kind].size, lengths = (this.lengths ||= {})
    if (!lengths[kind] || lengths[kind].size !== size) {
      lengths[kind] = { size }
      for (const key of this[kind].keys()) (lengths[kind][key.length] ||= []).push(key)
    }
    return lengths[kind][length] || []
  }
  romanised(word) {
    const made = skeleton(word)
    let best = this.skeletons.get(made), sure = 0
    if (made.length > 1 && best) return { keys: new Map([[best, 0.9]]), quality: 0.9, guessed: best }
    if (made.length >= 4) for (const [candidate, key] of this.skeletons) {
      const common = shared(candidate, made)
      let likely = common >= 4 ? 0.85 * common / Math.max(candidate.length, made.length) : 0
      if (made.length >= 5 && Math.abs(candidate.length - made.length) <= 1 && distance(made, candidate, 1) <= 1) likely = Math.max(likely, 0.8)
      if (likely > sure) { best = key; sure = likely }
    }
    return sure >= 0.5 ? { keys: new Map([[best, sure]]), quality: sure * 0.8, guessed: best } : { keys: new Map(), quality: 0 }
  }
  evidence(meaning) {
    const said = new Map()
    const say = (key, times) => (this.weights.get(key) || []).forEach(([number, weight]) => said.set(number, Math.max(said.get(number) || 0, weight * times)))
    for (const [key, sure] of meaning.keys) {
      say(key, sure)
      if (key.length >= 4) for (const other of this.beginnings.get(key.slice(0, 3)) || []) if (other !== key && other.slice(0, 4) === key.slice(0, 4)) say(other, sure * 0.2)
    }
    return said
  }
}

// A packed index, opened as lunr's own; scores(key) asks lunr once for each key.
class Index {
  constructor(packed, offset) {
    const keys = unpackWords(packed.words).map(fold), fields = Object.keys(packed.vectors), vectors = []
    const inverted = new Map(keys.map((key, i) => [key, Object.fromEntries([['_index', i], ...fields.map(field => [field, {}])])]))
    for (const field of fields) unpackPairs(packed.vectors[field][1]).forEach((row, service) => {
      vectors.push([field + '/' + service, row.flatMap(([number, level]) => [number, level * packed.vectors[field][0]])])
      for (const [number] of row) inverted.get(keys[number])[field][service] = {}
    })
    const sorted = [...inverted].sort((a, b) => (a[0] < b[0] ? -1 : 1))
    this.lunr = lunr.Index.load({ version: lunr.version, fields, fieldVectors: vectors, invertedIndex: sorted, pipeline: [] })
    this.known = inverted; this.asked = new Map(); this.offset = offset
  }
  scores(key) {
    if (!this.asked.has(key)) {
      const hits = this.known.has(key) ? this.lunr.query(query => query.term(key, { usePipeline: false })) : []
      this.asked.set(key, hits.map(hit => [+hit.ref + this.offset, hit.score]))
    }
    return this.asked.get(key)
  }
}

const add = (map, key, value) => map.set(key, (map.get(key) || 0) + value)
const steps = value => Math.round(value * 1e6)

class Engine {
  constructor(own) { this.own = new Speech(own); this.others = []; this.parts = []; this.services = []; this.fame = [] }
  // One part of the site's services; all but large sites have one only.
  add(core) {
    const offset = this.services.length
    if (!offset) {
      this.params = core.params; this.marked = core.acute
      this.conceptTopics = unpackPairs(core.concept_topics)
      this.votes = this.conceptTopics.map(() => []); this.topics = unpackPairs(core.topics).map(() => [])
    }
    this.services.push(...core.services.split(' '))
    while (this.fame.length < this.services.length) this.fame.push(0)
    unpackPairs(core.votes).forEach((row, i) => row.forEach(([number, rank]) => { this.votes[i].push([number + offset, rank]); this.fame[number + offset]++ }))
    unpackPairs(core.topics).forEach((row, i) => row.forEach(([number]) => this.topics[i].push(number + offset)))
    this.parts.push({ core: new Index(core, offset) })
    this.own.add(core)
  }
  addLater(texts, others) {
    texts.forEach((packed, i) => {
      if (!packed || this.parts[i].texts) return
      this.parts[i].texts = new Index(packed, this.parts[i].core.offset)
      this.own.addLater(packed)
    })
    if (!this.others.length) this.others = others.map(packed => new Speech(packed))
  }
  scores(key, kind) { return this.parts.flatMap(part => (part[kind] ? part[kind].scores(key) : [])) }
  read(typed, speech) {
    let known = 0, letters = 0
    const meanings = []
    typed.forEach((word, place) => {
      letters += word.length
      if (speech.stop.has(word) || speech.stop.has(speech.stem(word))) { known += word.length; return }
      const meaning = speech.meaning(word, place === typed.length - 1, speech === this.own)
      known += word.length * meaning.quality
      meanings.push([word, meaning])
    })
    return [letters ? known / letters : 0, meanings]
  }
  importance(meaning, speech) {
    let best = 0
    for (const key of meaning.keys.keys()) {
      const rare = [[speech.concepts, (speech.weights.get(key) || []).length], [this.services.length, this.scores(key, 'core').length]]
        .filter(([, count]) => count).map(([total, count]) => Math.log(1 + (total - count + 0.5) / (count + 0.5)))
      best = Math.max(best, rare.length ? Math.min(...rare) : 2)
    }
    return meaning.keys.size ? best : 2
  }
  search(query) {
    const typed = words(query)
    let best = { results: [], guesses: [], acute: false, enough: false, fit: 0 }, own = true
    for (const speech of [this.own, ...this.others]) {
      const [quality, meanings] = this.read(typed, speech)
      // A language that could not win even if it covered everything is not ranked.
      if (meanings.some(([, meaning]) => meaning.keys.size) && (own || quality * 2 > best.fit)) {
        const answer = this.rank(meanings, speech)
        answer.fit = (quality + (own ? this.params.own : 0)) * (1 + answer.sure)
        if (answer.fit > best.fit + 1e-9) best = answer
        if ((answer.enough = own && quality > 0.999 && answer.sure >= this.params.enough)) break
      }
      own = false
    }
    return best
  }
  rank(meanings, speech) {
    const p = this.params, concept = new Map(), ccover = new Map(), direct = new Map(), dcover = new Map()
    let total = 0
    for (const [word, meaning] of meanings) {
      const weight = this.importance(meaning, speech), hits = new Map()
      total += weight
      for (const [number, said] of speech.evidence(meaning)) { add(concept, number, said); add(ccover, number, weight) }
      const here = speech === this.own ? meaning.keys : new Map([[this.own.exact(word), 1]])
      for (const [key, sure] of here) {
        const hit = ([service, score]) => hits.set(service, Math.max(hits.get(service) || 0, score * sure))
        const found = this.scores(key, 'core')
        found.forEach(hit)
        if (!found.length && !speech.weights.has(key)) this.scores(key, 'texts').forEach(hit)
      }
      for (const [service, score] of hits) { add(direct, service, score); add(dcover, service, weight) }
    }
    const share = number => (ccover.get(number) / total) ** p.cover
    const ranked = [...concept].map(([number, value]) => [number, value * share(number)]).sort((a, b) => steps(b[1]) - steps(a[1]) || a[0] - b[0]).slice(0, p.top)
    const most = ranked.length ? ranked[0][1] : 1, sure = ranked.length ? share(ranked[0][0]) : 0, votes = new Map(), topics = new Map()
    for (const [number, value] of ranked) {
      const says = (value / most) ** p.power * sure
      for (const [service, rank] of this.votes[number]) add(votes, service, says * p.decay ** (rank - 1))
      for (const [topic] of this.conceptTopics[number]) add(topics, topic, says * p.topic)
    }
    for (const [topic, says] of topics) for (const service of this.topics[topic]) add(votes, service, says)
    let topVotes = 0, topDirect = 0, dsure = 0
    for (const [service, value] of votes) { votes.set(service, value / Math.max(1, this.fame[service]) ** p.hub); topVotes = Math.max(topVotes, votes.get(service)) }
    for (const [service, value] of direct) {
      const part = dcover.get(service) / total
      direct.set(service, value * part ** p.dcover)
      topDirect = Math.max(topDirect, direct.get(service)); dsure = Math.max(dsure, part)
    }
    let results = [], top = 0
    for (const service of new Set([...votes.keys(), ...direct.keys()])) {
      const score = (votes.get(service) || 0) / (topVotes || 1) * sure + (direct.get(service) || 0) / (topDirect || 1) * dsure * p.direct
      results.push([service, score, steps(score)])
      if (score > top) top = score
    }
    results = results.filter(([, score]) => score >= p.cut * top).sort((a, b) => b[2] - a[2] || a[0] - b[0])
    return {
      results: results.map(([service, score]) => [this.services[service], score]),
      guesses: meanings.filter(([, meaning]) => meaning.guessed).map(([word, meaning]) => [word, speech.keys.get(meaning.guessed)]),
      acute: ranked.some(([number, value]) => this.marked.includes(number) && value >= 0.6 * most),
      language: speech.language, sure: Math.max(sure, dsure)
    }
  }
}

// The conversation with finder.js: {files, first} opens, with the part that is wanted first; {query} asks; {more} fetches what may
// come later, when the phone is idle.
let engine, files, asked, later, waiting = Promise.resolve()
const open = []
const get = url => fetch(url).then(answer => answer.json())
function answer() {
  if (!open.length || asked === undefined) return
  const found = engine.search(asked), settled = found.enough || later === 'here'
  postMessage({ ...found, query: asked, settled })
  if (!settled) more()
}
// Parts are fetched one after the other, in an order that only a chosen area changes.
function part(number) {
  const { core, texts } = files.parts[number]
  if (open.includes(texts)) return
  waiting = waiting.then(() => !open.includes(texts) && get(core).then(packed => {
    engine.add(packed)
    open.push(texts)
    if (later === 'here') later = ''
    postMessage({ part: number })
    answer()
  }))
}
function more() {
  if (later === 'coming') return
  later = 'coming'
  const count = open.length, fetched = engine.parts.map((part, i) => (part.texts ? null : get(open[i]).catch(() => null)))
  const others = engine.others.length ? [] : files.others.map(url => get(url).catch(() => null))
  // What cannot be fetched (offline) is searched without.
  Promise.all([Promise.all(fetched), Promise.all(others)]).then(([texts, spoken]) => {
    engine.addLater(texts, spoken.filter(Boolean))
    later = count === open.length ? 'here' : ''
    answer()
  })
}
if (typeof importScripts === 'function') onmessage = ({ data }) => {
  if (data.files) {
    files = data.files
    get(files.own).then(own => { engine = new Engine(own); part(data.first); return waiting }).then(() => { files.parts.forEach((_, i) => part(i)); postMessage({ ready: true }) }).catch(() => postMessage({ failed: true }))
  }
  if ('query' in data) { asked = data.query; answer() }
  if (data.more && open.length) more()
}
