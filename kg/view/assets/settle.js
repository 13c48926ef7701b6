// A small force layout for what is unfolded by hand: some hundred nodes, without chance, at once.
// The whole graph and the first picture come with their coordinates (kg/view/layout.py).

const HALF = { x: 54, y: 31 }; // half the room of a dot with its label
const ROUNDS = 120;

/** Spots for `nodes`; those in `start` begin there and, if `steady`, keep near it. */
function settle(nodes, links, start, { steady }) {
  const order = new Map(nodes.map((node, rank) => [node, rank]));
  const pairs = links.map((line) => [order.get(line.from), order.get(line.to)]);
  const known = nodes.map((node) => start.has(node));
  const at = firstSpots(nodes, start);
  const home = at.map((spot) => ({ ...spot }));
  const degree = nodes.map(() => 1);
  pairs.forEach(([a, b]) => { degree[a] += 1; degree[b] += 1; });
  const rounds = nodes.length > 250 ? ROUNDS / 2 : ROUNDS;
  for (let round = 0; round < rounds; round += 1) {
    const heat = 1 - round / rounds;
    const move = nodes.map(() => ({ x: 0, y: 0 }));
    pairs.forEach(([a, b]) => pull(at[a], at[b], move[a], move[b], degree[a], degree[b], heat));
    for (let a = 0; a < nodes.length; a += 1) {
      for (let b = a + 1; b < nodes.length; b += 1) push(at[a], at[b], move[a], move[b], heat);
    }
    at.forEach((spot, rank) => {
      const hold = steady && known[rank] ? 0.35 : 0.01 * heat;
      const heart = steady && known[rank] ? home[rank] : { x: 0, y: 0 };
      spot.x += Math.max(-60, Math.min(60, move[rank].x)) + (heart.x - spot.x) * hold;
      spot.y += Math.max(-60, Math.min(60, move[rank].y)) + (heart.y - spot.y) * hold;
    });
  }
  for (let round = 0; round < 60 && part(at); round += 1);
  return new Map(nodes.map((node, rank) => [node, { x: Math.round(at[rank].x), y: Math.round(at[rank].y) }]));
}

/** Where each begins: at its known spot, or around the most central neighbour that has one. */
function firstSpots(nodes, start) {
  const found = new Map(nodes.filter((node) => start.has(node)).map((node) => [node, { ...start.get(node) }]));
  const around = new Map();
  for (let waiting = nodes.filter((node) => !found.has(node)); waiting.length;) {
    const ready = waiting.filter((node) => [...near[node]].some((other) => found.has(other)));
    const now = ready.length ? ready : waiting;
    const fresh = now.map((node) => {
      const hub = [...near[node]].filter((other) => found.has(other)).sort((a, b) => rankOf(a) - rankOf(b))[0];
      const turn = around.get(hub) || 0;
      around.set(hub, turn + 1);
      const centre = hub === undefined ? { x: 0, y: 0 } : found.get(hub);
      const reach = 70 + 26 * Math.sqrt(turn);
      return [node, { x: centre.x + Math.cos(turn * 2.4) * reach * 1.4, y: centre.y + Math.sin(turn * 2.4) * reach }];
    });
    fresh.forEach(([node, spot]) => found.set(node, spot));
    waiting = waiting.filter((node) => !found.has(node));
  }
  return nodes.map((node) => found.get(node));
}

function pull(a, b, moveA, moveB, degreeA, degreeB, heat) {
  const [x, y] = [b.x - a.x, b.y - a.y];
  const distance = Math.sqrt(x * x + y * y) || 1;
  const rest = 110 + 7 * Math.sqrt(Math.max(degreeA, degreeB));
  const force = ((distance - rest) / distance) * heat * 0.5 / Math.min(degreeA, degreeB);
  const share = degreeA / (degreeA + degreeB);
  moveA.x += x * force * (1 - share);
  moveA.y += y * force * (1 - share);
  moveB.x -= x * force * share;
  moveB.y -= y * force * share;
}

function push(a, b, moveA, moveB, heat) {
  const [x, y] = [b.x - a.x || 0.1, b.y - a.y || 0.1];
  const square = Math.max(x * x + y * y, 900);
  if (square > 360000) return;
  const force = (1500 * heat) / square;
  const length = Math.sqrt(square);
  moveA.x -= (x / length) * force * 3;
  moveA.y -= (y / length) * force * 3;
  moveB.x += (x / length) * force * 3;
  moveB.y += (y / length) * force * 3;
}

/** Moves boxes that overlap apart along the shorter way; whether there were any. */
function part(at) {
  let moved = false;
  for (let a = 0; a < at.length; a += 1) {
    for (let b = a + 1; b < at.length; b += 1) {
      const [x, y] = [at[b].x - at[a].x, at[b].y - at[a].y];
      const [overX, overY] = [2 * HALF.x - Math.abs(x), 2 * HALF.y - Math.abs(y)];
      if (overX <= 0 || overY <= 0) continue;
      moved = true;
      const axis = overX * HALF.y < overY * HALF.x ? "x" : "y";
      const shift = ((axis === "x" ? overX : overY) / 2) * ((axis === "x" ? x : y) < 0 ? -1 : 1);
      at[a][axis] -= shift;
      at[b][axis] += shift;
    }
  }
  return moved;
}
