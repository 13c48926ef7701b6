// Which nodes the picture shows, and where: a readable few, all, the neighbours of one, or paths between two.

const STEP = 48; // neighbours unfolded at a time
const MOST_FILTERED = 90;
const MOST_NEAR = 300;
const MOST_PATHS = 8;

let shown = []; // nodes, most central first
let shownSet = new Set();
let shownLines = [];
let spots = new Map(); // node → {x, y}
let passing = 0; // how many pass the filters
let foundPaths = [];

const overviewSpots = new Map(picture.overview.map(([node, x, y]) => [node, { x, y }]));
const isWhole = () => state.scope.kind === "whole";

/** Nodes by distance from `start`, up to `depth` steps: node → steps. */
function distances(start, depth, allowed = () => true) {
  const found = new Map([[start, 0]]);
  let front = [start];
  for (let step = 1; step <= depth && front.length; step += 1) {
    const next = [];
    front.forEach((node) => near[node].forEach((other) => {
      if (!found.has(other) && allowed(other)) { found.set(other, step); next.push(other); }
    }));
    front = next;
  }
  return found;
}

/** The shortest paths from `from` to `to`, each a list of nodes; `MOST_PATHS` at most, those over central nodes last. */
function shortestPaths(from, to) {
  const steps = distances(to, Infinity, passesNode);
  if (!steps.has(from)) return [];
  const found = [];
  const walk = (path) => {
    const at = path[path.length - 1];
    if (found.length >= MOST_PATHS) return;
    if (at === to) { found.push(path); return; }
    [...near[at]].filter((other) => steps.get(other) === steps.get(at) - 1)
      .sort((a, b) => rankOf(b) - rankOf(a)).forEach((other) => walk([...path, other]));
  };
  walk([from]);
  return found;
}

const SCOPES = {
  overview: () => (isFiltered() ? byRank.filter(passesNode).slice(0, MOST_FILTERED) : picture.overview.map(([node]) => node)),
  whole: () => byRank.filter(passesNode),
  near: ({ node, depth }) => {
    const steps = distances(node, depth, passesNode);
    return [...steps.keys()].sort((a, b) => steps.get(a) - steps.get(b) || rankOf(a) - rankOf(b)).slice(0, MOST_NEAR);
  },
  paths: ({ from, to }) => {
    foundPaths = from === undefined || to === undefined ? [] : shortestPaths(from, to);
    return foundPaths.length ? foundPaths.flat() : [from, to].filter((end) => end !== undefined);
  },
};

/** The neighbours that unfolding `node` shows: its `count` most central. */
const unfolded = (node, count) => [...near[node]].filter(passesNode).sort((a, b) => rankOf(a) - rankOf(b)).slice(0, count);
let hiddenCounts = new Map(); // node → how many neighbours of it pass but are not shown
const hiddenNear = (node) => hiddenCounts.get(node) || 0;

/** Works out anew what is shown, and where. */
function rescope() {
  const before = spots;
  const chosen = SCOPES[state.scope.kind](state.scope);
  const wanted = new Set(chosen.filter((node) => node < drawn));
  if (!isWhole()) {
    state.expanded.forEach((count, node) => { wanted.add(node); unfolded(node, count).forEach((other) => wanted.add(other)); });
    if (state.selection && state.selection.node < drawn) wanted.add(state.selection.node);
  }
  state.pinned.forEach((_, node) => wanted.add(node));
  shown = [...wanted].sort((a, b) => rankOf(a) - rankOf(b));
  shownSet = wanted;
  shownLines = lines.filter((line) => wanted.has(line.from) && wanted.has(line.to) && passesLine(line));
  let passed = 0;
  for (let index = 0; index < drawn; index += 1) passed += passesNode(index) ? 1 : 0;
  passing = passed;
  hiddenCounts = new Map(isWhole() ? [] : shown.map((node) => [node, [...near[node]].filter((other) => !wanted.has(other) && passesNode(other)).length]));
  spots = isWhole() ? wholeSpots() : fewSpots(before);
  state.pinned.forEach((spot, node) => spots.set(node, { ...spot }));
}

function wholeSpots() {
  lastScope = "";
  return new Map(shown.map((node) => [node, { x: drawing.nodes[node].x, y: drawing.nodes[node].y }]));
}

let lastScope = "";

/** Spots of a few nodes: kept where they were in this scope, the new ones beside what they hang on. */
function fewSpots(before) {
  const scope = JSON.stringify([state.scope, isFiltered() && [...FACETS.map((facet) => [...state.filters[facet]]), state.filters.confidence]]);
  const same = scope === lastScope;
  lastScope = scope;
  const filtered = state.scope.kind === "overview" && isFiltered();
  const start = same ? before : STARTS[filtered ? "filtered" : state.scope.kind](state.scope);
  const rough = !same && (filtered || state.scope.kind === "near");
  if (!rough && shown.every((node) => start.has(node))) return new Map(shown.map((node) => [node, start.get(node)]));
  return settle(shown, shownLines, start, { steady: !rough });
}

const STARTS = {
  overview: () => new Map(overviewSpots),
  filtered: () => {
    const points = shown.map((node) => drawing.nodes[node]);
    const span = Math.max(1, ...["x", "y"].map((axis) => Math.max(...points.map((p) => p[axis])) - Math.min(...points.map((p) => p[axis]))));
    const scale = Math.min(1, (150 * Math.sqrt(points.length)) / span);
    return new Map(points.map((p) => [p.id, { x: p.x * scale, y: p.y * scale }]));
  },
  near: ({ node, depth }) => {
    const steps = distances(node, depth, passesNode);
    const rings = [...Array(depth + 1)].map((_, ring) => shown.filter((each) => steps.get(each) === ring)
      .sort((a, b) => graph.nodes[a].group - graph.nodes[b].group || a - b));
    return new Map(rings.flatMap((ring, number) => ring.map((each, at) => {
      const turn = (2 * Math.PI * at) / ring.length;
      const reach = number * Math.max(190, ring.length * 8);
      return [each, { x: Math.cos(turn) * reach * 1.3, y: Math.sin(turn) * reach }];
    })));
  },
  paths: ({ from }) => {
    if (!foundPaths.length) return new Map(shown.map((node, at) => [node, { x: (node === from ? 0 : 420) + at, y: 0 }]));
    const columns = new Map();
    foundPaths.forEach((path) => path.forEach((node, step) => columns.set(step, (columns.get(step) || new Set()).add(node))));
    return new Map([...columns].flatMap(([step, column]) => [...column].map((node, row) => (
      [node, { x: step * 230, y: (row - (column.size - 1) / 2) * 110 }]))));
  },
};
