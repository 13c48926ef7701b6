// The graph of the page, indexed, and elements made of text only.

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const graph = read("graph-data");
const picture = read("picture-data");
const drawing = read("network-data");
const BATCH = 12;

const $ = (id) => document.getElementById(id);
const panel = $("panel");

/** An element; `children` are nodes or text, which is never read as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

/** The same for an element of SVG. */
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes, children);
  return element;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "colour") element.style.background = value;
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined));
}

const claimOf = ([quote, rule, confidence, qualifiers, iri]) => ({ quote, rule: graph.rules[rule], confidence, qualifiers, iri });
const quotes = graph.quotes.map(([article, begin, end, text]) => ({ article, begin, end, text }));
const facts = graph.facts.map(([subject, relation, object, claims], index) => (
  { index, subject, relation, object, claims: claims.map(claimOf) }));
const figures = graph.figures.map(([subject, indicator, value, unit, normalized, base, period, kind, claim], index) => (
  { index, subject, indicator, value, unit, normalized, base, period, kind, claim: claimOf(claim) }));

const attributes = graph.attributes.map(([subject, term, word, claims], index) => ({ index, subject, term, word, claims: claims.map(claimOf) }));

const outgoing = graph.nodes.map(() => []);
const incoming = graph.nodes.map(() => []);
const measured = graph.nodes.map(() => []);
const described = graph.nodes.map(() => []);
facts.forEach((fact) => { outgoing[fact.subject].push(fact); incoming[fact.object].push(fact); });
attributes.forEach((attribute) => described[attribute.subject].push(attribute));
figures.forEach((figure) => measured[figure.subject].push(figure));

// Nodes from here on are known by their facts alone; the picture has those before.
const drawn = drawing.nodes.length;
const lines = drawing.edges;
const near = graph.nodes.map(() => new Set());
const linesOf = drawing.nodes.map(() => []);
lines.forEach((line) => {
  near[line.from].add(line.to);
  near[line.to].add(line.from);
  linesOf[line.from].push(line);
  linesOf[line.to].push(line);
});
const byRank = drawing.nodes.map((node) => node.id).sort((a, b) => drawing.nodes[a].rank - drawing.nodes[b].rank);
const rankOf = (index) => (index < drawn ? drawing.nodes[index].rank : drawn + index);

const indexOf = new Map(graph.nodes.map((node, index) => [node.iri, index]));

/** What node `index` lies in, nearest first. */
function chain(index) {
  const found = [];
  for (let at = graph.nodes[index].within; at !== null && !found.includes(at) && at !== index; at = graph.nodes[at].within) found.push(at);
  return found;
}

const yearOf = (date) => (/^\d{4}/.test(date || "") ? date.slice(0, 4) : null);

// What the reader has made of the page; see permalink.js for how it is written down.
const state = {
  view: "network",
  scope: { kind: "overview" },
  expanded: new Map(), // node → how many of its neighbours
  pinned: new Map(), // node → {x, y}
  filters: { group: new Set(), relation: new Set(), place: new Set(), article: new Set(), year: new Set(), confidence: 0 },
  selection: null, // {node} or {line}
  reading: null, // {article, begin, end}
  indicator: null,
  axis: null,
  language: 0,
  theme: null,
};
