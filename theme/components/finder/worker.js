// A query → services in order, off the main thread. The twin of generator/search (analysis, speech, query), function by
// function: tests/test_search_twin.py holds the two equal. lunr 2.3.9 stands above this in the built file.
const LETTERS = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ı: 'i', ё: 'е', '\u00ad': '' }
const LATIN = Object.fromEntries('аa бb вv гh ґh дd еe єe жz зz иi іi їi йi кk лl мm нn оo пp рr сs тt уu фf хh цc чc шs щs ь ъ ыi эe юu яa'.split(' ').map(p => [p[0], p.slice(1)]))
const GROUPS = 'shch:s sch:s zh:z kh:h ch:c sh:s ts:c g:h w:v x:h q:k j:i y:i'.split(' ').map(p => p.split(':'))

const PLAIN = /^[0-9a-zа-яіїєґ]*$/, BARE = { ä: 'a', ö: 'o', å: 'a' }
function fold(text) {
  // Most words need no more than this.
  const bare = text.replace(/[äöå]/g, c => BARE[c])
  return PLAIN.test(bare) ? bare : text.toLowerCase().replace(/[øæœßđðþłıё\u00ad]/g, c => LETTERS[c]).normalize('NFD')
    .replace(/([a-z])[\u0300-\u036f]+/g, '$1').normalize('NFC').replace(/['’ʼ`´]/g, '')
}
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
let older = new Uint8Array(64), before = new Uint8Array(64), row = new Uint8Array(64)
function distance(one, other, allowed) {
  if (Math.max(one.length, other.length) > 62) return one === other ? 0 : allowed + 1
  for (let j = 0; j <= other.length; j++) row[j] = j
  for (let i = 1; i <= one.length; i++) {
    const free = older, letter = one.charCodeAt(i - 1), earlier = i > 1 ? one.charCodeAt(i - 2) : 0
    older = before; before = row; row = free; row[0] = i
    let least = i, left = 0
    for (let j = 1; j <= other.length; j++) {
      const now = other.charCodeAt(j - 1)
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter === now ? 0 : 1))
      if (i > 1 && j > 1 && letter === left && earlier === now) cost = Math.min(cost, older[j - 2] + 1)
      row[j] = cost; left = now
      if (cost < least) least = cost
    }
    if (least > allowed) return allowed + 1
  }
  return row[other.length]
}
// The letters of a word as bits: each slip changes two at most, so most words need no counting of slips.
function letters(word) {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31)
  return bits
}
function apart(one, other) {
  let bits = one ^ other, count = 0
  while (bits) { bits &= bits - 1; count++ }
  return count
}

// Unpacking (lexicon.py, concepts.py).
const kept = (text, i) => text.charCodeAt(i) - 65
const isFront = code => code > 64 && code < 91
function unpackWords(packed) {
  const found = []
  let before = ''
  for (let i = 0; i < packed.length;) {
    let end = i + 1
    while (end < packed.length && !isFront(packed.charCodeAt(end))) end++
    found.push((before = before.slice(0, kept(packed, i)) + packed.slice(i + 1, end)))
    i = end
  }
  return found
}
function unpackAliases(keys, packed) {
  const found = []
  packed.split(' ').forEach((told, place) => {
    for (let i = 0; i < told.length;) {
      let end = i + 1
      while (end < told.length && !isFront(told.charCodeAt(end))) end++
      found.push([keys[place].slice(0, kept(told, i)) + told.slice(i + 1, end), keys[place]])
      i = end
    }
  })
  return found
}
// Calls see(row, number, level) for each pair, in order.
function eachPair(packed, see) {
  let row = 0, number = -1
  for (let i = 0; i < packed.length;) {
    const code = packed.charCodeAt(i++)
    if (code === 32) { row++; number = -1; continue }
    let step = 0
    for (; i < packed.length; i++) {
      const digit = packed.charCodeAt(i)
      if (digit > 96) step = step * 36 + digit - 87
      else if (digit > 47 && digit < 58) step = step * 36 + digit - 48
      else break
    }
    see(row, (number += step), code - 64)
  }
}
function unpackPairs(packed) {
  const rows = packed.split(' ').map(() => [])
  eachPair(packed, (row, number, level) => rows[row].push([number, level]))
  return rows
}
const NONE = []

class Speech {
  constructor(packed) {
    this.language = packed.language
    this.stop = new Set(packed.stop.split(' '))
    this.rules = new Map(Object.entries(packed.rules).flatMap(([action, endings]) => endings.split(' ').map(e => [e, [+action[0], action.slice(1)]])))
    this.concepts = packed.concepts
    this.cyrillic = /^(uk|ru)$/.test(packed.language)
    this.keys = new Map(); this.aliases = new Map(); this.later = new Map(); this.weights = new Map()
    this.starts = new Map(); this.bones = new Map(); this.pending = []; this.unboned = []; this.boned = []; this.step = packed.step
    const rows = packed.weights.split(' ')
    this.add(packed).forEach((key, i) => this.weights.set(key, rows[i] || ''))
  }
  // [[number of the concept, weight]]; opened when asked.
  said(key) {
    let row = this.weights.get(key)
    if (typeof row === 'string') this.weights.set(key, (row = unpackPairs(row)[0].map(([number, level]) => [number, level * this.step])))
    return row || NONE
  }
  add(packed) {
    const shown = unpackWords(packed.words), keys = shown.map(fold)
    keys.forEach((key, i) => {
      if (this.keys.has(key)) return
      this.keys.set(key, shown[i])
      this.pending.push(key)
      if (this.cyrillic) this.unboned.push([key, key])
    })
    for (const pair of unpackAliases(keys, packed.aliases)) {
      if (!this.aliases.has(pair[0])) this.aliases.set(pair[0], pair[1])
      if (this.cyrillic) this.unboned.push(pair)
    }
    return keys
  }
  // Keys by their first three letters, and by what romanised spellings share: made when first asked.
  beginning(start) {
    for (const key of this.pending) {
      const same = this.starts.get(key.slice(0, 3))
      if (same) same.push(key)
      else this.starts.set(key.slice(0, 3), [key])
    }
    this.pending = []
    return this.starts.get(start) || NONE
  }
  get skeletons() {
    for (const [word, key] of this.unboned) if (isCyrillic(word)) {
      const made = skeleton(word)
      if (!this.bones.has(made)) { this.bones.set(made, key); this.boned.push([made, key, letters(made)]) }
    }
    this.unboned = []
    return this.bones
  }
  addLater(packed) {
    const keys = unpackWords(packed.words).map(fold)
    for (const [alias, key] of unpackAliases(keys, packed.aliases)) this.later.set(alias, key)
    for (const key of keys) this.later.set(key, key)
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
    const slip = (word, length, kind, allowed) => {
      const [candidates, bits] = this.keyed(length, kind), own = letters(word)
      if (length < 4) return
      for (let i = 0; i < candidates.length; i++) {
        const candidate = candidates[i]
        if (apart(bits[i], own) > 2 * allowed || (word.length < 6 && word[0] !== candidate[0])) continue
        const slips = distance(word, candidate, allowed)
        if (slips <= allowed) offer(kind === 'keys' ? candidate : this.aliases.get(candidate), (slips < 2 ? 0.9 : 0.75) - 0.6 / word.length)
      }
    }
    for (const key of this.beginning(word.slice(0, 3))) {
      let common = shared(key, word)
      if (common === word.length) offer(key, (last ? 0.75 : 0.7) - 0.01 * (key.length - word.length))
      common = Math.max(common, shared(key, made))
      if (common >= 4) offer(key, 0.8 * common / Math.max(key.length, Math.min(word.length, made.length)))
    }
    if (word.length >= 4) {
      for (let length = word.length - allowed; length <= word.length + allowed; length++) slip(word, length, 'keys', allowed)
      for (let length = made.length - 1; length <= made.length + 1; length++) {
        if (made !== word) slip(made, length, 'keys', 1)
        slip(made, length, 'aliases', 1)
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
      for (const key of this[kind].keys()) {
        const [listed, bits] = (lengths[kind][key.length] ||= [[], []])
        listed.push(key); bits.push(letters(key))
      }
    }
    return lengths[kind][length] || [NONE, NONE]
  }
  romanised(word) {
    const made = skeleton(word)
    const skeletons = this.skeletons
    let best = skeletons.get(made), sure = 0
    if (made.length > 1 && best) return { keys: new Map([[best, 0.9]]), quality: 0.9, guessed: best }
    const own = letters(made), start = made.slice(0, 4)
    if (made.length >= 4) for (const [candidate, key, bits] of this.boned) {
      let likely = candidate.startsWith(start) ? 0.85 * shared(candidate, made) / Math.max(candidate.length, made.length) : 0
      if (made.length >= 5 && Math.abs(candidate.length - made.length) <= 1 && apart(bits, own) <= 2 && distance(made, candidate, 1) <= 1) likely = Math.max(likely, 0.8)
      if (likely > sure) { best = key; sure = likely }
    }
    return sure >= 0.5 ? { keys: new Map([[best, sure]]), quality: sure * 0.8, guessed: best } : { keys: new Map(), quality: 0 }
  }
  evidence(meaning) {
    const said = new Map()
    const say = (key, times) => this.said(key).forEach(([number, weight]) => said.set(number, Math.max(said.get(number) || 0, weight * times)))
    for (const [key, sure] of meaning.keys) {
      say(key, sure)
      if (key.length >= 4) for (const other of this.beginning(key.slice(0, 3))) if (other !== key && other.slice(0, 4) === key.slice(0, 4)) say(other, sure * 0.2)
    }
    return said
  }
}

// A packed index. Its scores lie sorted by key in flat arrays; what lunr needs for a key is made when the key is first asked,
// and scores(key) asks lunr once for each key.
class Index {
  constructor(packed, offset) {
    const keys = unpackWords(packed.words)
    this.fields = Object.keys(packed.vectors); this.offset = offset; this.asked = new Map(); this.steps = []
    this.known = new Map(keys.map((key, i) => [fold(key), i]))
    const pairs = [], ends = new Uint32Array(keys.length + 1)
    this.fields.forEach((field, place) => {
      this.steps.push(packed.vectors[field][0])
      eachPair(packed.vectors[field][1], (service, number, level) => {
        pairs.push(number, (service << 9) | (place << 5) | level)
        ends[number + 1]++
      })
    })
    for (let i = 0; i < keys.length; i++) ends[i + 1] += ends[i]
    const next = ends.slice()
    this.ends = ends; this.hits = new Uint32Array(pairs.length / 2)
    for (let i = 0; i < pairs.length; i += 2) this.hits[next[pairs[i]]++] = pairs[i + 1]
  }
  scores(key) {
    if (!this.asked.has(key)) this.asked.set(key, this.known.has(key) ? this.ask(key, this.known.get(key)) : NONE)
    return this.asked.get(key)
  }
  ask(key, number) {
    const { fields, steps } = this, posting = { _index: number }, fieldVectors = {}
    for (const field of fields) posting[field] = {}
    for (const hit of this.hits.subarray(this.ends[number], this.ends[number + 1])) {
      const service = hit >>> 9, place = (hit >> 5) & 15
      posting[fields[place]][service] = {}
      fieldVectors[fields[place] + '/' + service] = new lunr.Vector([number, (hit & 31) * steps[place]])
    }
    // Keys are asked whole, so the set of tokens is the one that is asked.
    const index = new lunr.Index({ fields, fieldVectors, invertedIndex: { [key]: posting }, tokenSet: { intersect: asked => asked } })
    return index.query(query => query.term(key, { usePipeline: false })).map(hit => [+hit.ref + this.offset, hit.score])
  }
}

const add = (map, key, value) => map.set(key, (map.get(key) || 0) + value)
const steps = value => Math.round(value * 1e6)

class Engine {
  constructor(own) { this.own = new Speech(own); this.others = []; this.parts = []; this.services = []; this.fame = [] }
  // One part of the site's services; all but large sites have one only.
  add(core) {
    const offset = this.services.length
    this.asked = new Map()
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
    this.asked = new Map()
    texts.forEach((packed, i) => {
      if (!packed || this.parts[i].texts) return
      this.parts[i].texts = new Index(packed, this.parts[i].core.offset)
      this.own.addLater(packed)
    })
    if (!this.others.length) this.others = others
  }
  // Another language is opened when a word needs it.
  other(place) { return (this.others[place] instanceof Speech ? this.others[place] : (this.others[place] = new Speech(this.others[place]))) }
  scores(key, kind) {
    const name = kind + key
    if (!this.asked.has(name)) this.asked.set(name, this.parts.flatMap(part => (part[kind] ? part[kind].scores(key) : NONE)))
    return this.asked.get(name)
  }
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
      const rare = [[speech.concepts, speech.said(key).length], [this.services.length, this.scores(key, 'core').length]]
        .filter(([, count]) => count).map(([total, count]) => Math.log(1 + (total - count + 0.5) / (count + 0.5)))
      best = Math.max(best, rare.length ? Math.min(...rare) : 2)
    }
    return meaning.keys.size ? best : 2
  }
  search(query) {
    const typed = words(query)
    let best = { results: [], guesses: [], acute: false, enough: false, fit: 0 }, own = true
    for (let place = -1; place < this.others.length; place++) {
      const speech = own ? this.own : this.other(place)
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
      acute: ranked.some(([number, value]) => this.marked.includes(number) && value >= 0.85 * most),
      language: speech.language, sure: Math.max(sure, dsure)
    }
  }
}

// The conversation with finder.js: {files, first} opens, with the part that is wanted first; {query} asks; {more} fetches what may
// come later, when the phone is idle.
let engine, files, asked, later, soon, waiting = Promise.resolve()
const open = []
const get = url => fetch(url).then(answer => answer.json())
function answer() {
  if (!open.length || asked === undefined) return
  const found = engine.search(asked), settled = found.enough || later === 'here'
  postMessage({ ids: found.results.map(([id]) => id), guesses: found.guesses, acute: found.acute, query: asked, settled })
  if (!settled) more()
}
// Parts are fetched one after the other, in an order that only a chosen area changes. Without the first there is no search; of the
// others, what cannot be fetched is searched without.
function part(number, first) {
  const { core, texts } = files.parts[number]
  if (open.includes(texts)) return
  waiting = waiting.then(() => !open.includes(texts) && get(core).then(packed => {
    engine.add(packed)
    open.push(texts)
    if (later === 'here') later = ''
    postMessage({ part: number })
    answer()
  }, fault => {
    if (first) throw fault
    postMessage({ part: number })
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
    // The other languages are opened one by one, so that a letter typed meanwhile waits for one at most.
    engine.others.forEach((_, place) => setTimeout(() => engine.other(place)))
  })
}
if (typeof importScripts === 'function') onmessage = ({ data }) => {
  if (data.files) {
    files = data.files
    get(files.own).then(own => { engine = new Engine(own); part(data.first, true); return waiting }).then(() => { files.parts.forEach((_, i) => part(i)); postMessage({ ready: true }) }).catch(() => postMessage({ failed: true }))
  }
  // Letters typed while another was searched for: only the last is answered.
  if ('query' in data) { asked = data.query; clearTimeout(soon); soon = setTimeout(answer) }
  if (data.more && open.length) more()
}
