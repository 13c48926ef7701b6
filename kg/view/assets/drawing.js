// What is drawn around the dots: regions under them, lines, and over them what is chosen.

const FAR = 0.3; // below this scale lines between regions are drawn as one bundle
const MANY = 2500; // lines; more are left out while the picture moves
const MOST_BUNDLES = 70;
const BADGE = 7.5;

let strokes = null; // lines as paths, by colour
let hulls = null;
let bundles = null;
let badges = [];

function forgetDrawing() {
  strokes = null;
  hulls = null;
  bundles = null;
  forgetLabels();
}

/** A line has the colour of its lesser end, so that what hangs on a hub is told apart. */
const lesserEnd = ({ from, to }) => (graph.nodes[from].degree <= graph.nodes[to].degree ? from : to);
const regionOf = (node) => drawing.nodes[node].region;
const crosses = (line) => regionOf(line.from) !== regionOf(line.to);

function tracePaths(some) {
  const paths = new Map();
  some.forEach((line) => {
    const colour = colourOf(lesserEnd(line));
    const key = `${colour}|${line.dashes}|${crosses(line)}`;
    if (!paths.has(key)) paths.set(key, { colour, dashed: line.dashes, crossing: crosses(line), path: new Path2D() });
    const [a, b] = [spotOf(line.from), spotOf(line.to)];
    const { path } = paths.get(key);
    path.moveTo(a.x, a.y);
    path.lineTo(b.x, b.y);
  });
  return [...paths.values()];
}

/** Regions with at least three shown nodes as rounded hulls, large ones first. */
function traceHulls() {
  const members = new Map();
  shown.forEach((node) => {
    const region = regionOf(node);
    if (region !== null) members.set(region, [...(members.get(region) || []), spotOf(node)]);
  });
  return [...members].filter(([, points]) => points.length >= 3).map(([region, points]) => {
    const corners = hull(points);
    const path = new Path2D();
    corners.forEach(({ x, y }, at) => (at ? path.lineTo(x, y) : path.moveTo(x, y)));
    path.closePath();
    const middle = (axis) => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length;
    return { region, path, size: points.length, x: middle("x"), y: middle("y"), top: Math.min(...corners.map(({ y }) => y)) };
  }).sort((a, b) => b.size - a.size || a.region - b.region);
}

/** The convex hull of `points`, by A. M. Andrew's monotone chain (1979). */
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const turn = (o, a, b) => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  const half = (order) => order.reduce((chain, point) => {
    while (chain.length >= 2 && turn(chain[chain.length - 2], chain[chain.length - 1], point) <= 0) chain.pop();
    return [...chain, point];
  }, []).slice(0, -1);
  return [...half(sorted), ...half([...sorted].reverse())];
}

function traceBundles() {
  const centre = new Map(hulls.map((each) => [each.region, each]));
  const counts = new Map();
  shownLines.filter(crosses).forEach((line) => {
    const [a, b] = [regionOf(line.from), regionOf(line.to)].sort((one, other) => one - other);
    if (centre.has(a) && centre.has(b)) counts.set(`${a},${b}`, { a, b, count: (counts.get(`${a},${b}`) || { count: 0 }).count + 1 });
  });
  return [...counts.values()].sort((one, other) => other.count - one.count).slice(0, MOST_BUNDLES)
    .map(({ a, b, count: number }) => ({ from: centre.get(a), to: centre.get(b), number }));
}

function drawRegions(context) {
  hulls = hulls || traceHulls();
  context.lineJoin = "round";
  hulls.forEach(({ region, path }) => {
    context.fillStyle = regionColour(region);
    context.strokeStyle = regionColour(region);
    context.lineWidth = isWhole() ? 110 : 84;
    context.stroke(path);
    context.fill(path);
  });
}

// The rows of nodes without neighbours have a heading.
const alone = drawing.nodes.filter((node) => !near[node.id].size);
const aloneCorner = { x: Math.min(...alone.map((node) => node.x)), y: Math.min(...alone.map((node) => node.y)) };
function drawAlone(context, scale) {
  if (!isWhole() || !alone.length || !shown.some((node) => !near[node].size)) return;
  const size = Math.min(160, Math.max(14, 12 / scale));
  context.font = `${size}px ${FAMILY}`;
  context.fillStyle = theme().faint;
  context.textAlign = "left";
  context.fillText(t("outliers"), aloneCorner.x - 10, aloneCorner.y - size * 0.9 - 12);
}

function drawLines(context, scale) {
  if (moving && shownLines.length > MANY) return;
  strokes = strokes || tracePaths(shownLines);
  const bundled = isWhole() && scale < FAR;
  context.lineWidth = Math.max(1, 0.75 / scale);
  strokes.forEach(({ colour, dashed, crossing, path }) => {
    if (bundled && crossing) return;
    context.strokeStyle = colour;
    context.globalAlpha = crossing ? 0.28 : bundled ? 0.3 : 0.5;
    context.setLineDash(dashed && scale > 0.25 ? [5, 4] : []);
    context.stroke(path);
  });
  context.setLineDash([]);
  if (bundled) {
    bundles = bundles || traceBundles();
    context.strokeStyle = theme().soft;
    bundles.forEach(({ from, to, number }) => {
      const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
      context.globalAlpha = Math.min(0.26, 0.06 + number * 0.008);
      context.lineWidth = Math.min(6, 0.8 + Math.sqrt(number) * 0.6) / scale;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(x * 0.86, y * 0.86, to.x, to.y);
      context.stroke();
    });
  }
  context.globalAlpha = 1;
}

/** All dots in view, one path a colour; small ones as squares, which look the same and are quicker. */
function drawDots(context, scale) {
  const from = network.DOMtoCanvas({ x: -40, y: -40 });
  const to = network.DOMtoCanvas({ x: stage.clientWidth + 40, y: stage.clientHeight + 40 });
  const byColour = new Map();
  shown.forEach((node) => {
    const { x, y } = spotOf(node);
    if (x < from.x || x > to.x || y < from.y || y > to.y) return;
    const colour = colourOf(node);
    if (!byColour.has(colour)) byColour.set(colour, []);
    byColour.get(colour).push(node);
  });
  const bordered = !isWhole();
  context.strokeStyle = theme().paper;
  context.lineWidth = 1.5;
  byColour.forEach((those, colour) => {
    context.fillStyle = colour;
    context.beginPath();
    those.forEach((node) => {
      const { x, y } = spotOf(node);
      const size = Math.max(sizeOf(node), 1.1 / scale);
      if (size * scale < 2) { context.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8); return; }
      context.moveTo(x + size, y);
      context.arc(x, y, size, 0, 2 * Math.PI);
    });
    context.fill();
    if (bordered) context.stroke();
  });
}

function drawArrow(context, line, colour) {
  const [a, b] = [spotOf(line.from), spotOf(line.to)];
  const ahead = facts[line.facts[0]].subject === line.from;
  const [tail, head] = ahead ? [a, b] : [b, a];
  const turn = Math.atan2(head.y - tail.y, head.x - tail.x);
  const reach = sizeOf(ahead ? line.to : line.from) + 2;
  const point = (distance, bend) => [head.x - Math.cos(turn + bend) * distance, head.y - Math.sin(turn + bend) * distance];
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(...point(reach, 0));
  context.lineTo(...point(reach + 8, 3.2 / (reach + 8)));
  context.lineTo(...point(reach + 8, -3.2 / (reach + 8)));
  context.fill();
}

function drawDot(context, node, ring) {
  const { x, y } = spotOf(node);
  context.beginPath();
  context.arc(x, y, sizeOf(node), 0, 2 * Math.PI);
  context.fillStyle = colourOf(node);
  context.fill();
  context.strokeStyle = ring || theme().paper;
  context.lineWidth = ring ? Math.max(2.5, 2 / network.getScale()) : 1.5;
  context.stroke();
}

/** Fades all but the chosen node and its neighbours, or a chosen line. */
function drawChosen(context, scale) {
  const lit = litNodes();
  if (lit) {
    const corner = network.DOMtoCanvas({ x: 0, y: 0 });
    context.globalAlpha = 0.8;
    context.fillStyle = theme().canvas;
    context.fillRect(corner.x, corner.y, stage.clientWidth / scale, stage.clientHeight / scale);
    const { node, line } = state.selection;
    const touching = line !== undefined ? [lines[line]] : linesHere(node);
    touching.forEach((each) => {
      const colour = colourOf(lesserEnd(each));
      const [a, b] = [spotOf(each.from), spotOf(each.to)];
      context.globalAlpha = 0.85;
      context.strokeStyle = colour;
      context.lineWidth = Math.max(line !== undefined ? 3 : 1.6, 1 / scale);
      context.setLineDash(each.dashes ? [5, 4] : []);
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.stroke();
      drawArrow(context, each, colour);
    });
    context.setLineDash([]);
    context.globalAlpha = 1;
    lit.forEach((each) => drawDot(context, each, each === node ? theme().ink : null));
  } else if (scale > 0.7 && shownLines.length < MANY) {
    context.globalAlpha = 0.6;
    shownLines.forEach((line) => drawArrow(context, line, colourOf(lesserEnd(line))));
    context.globalAlpha = 1;
  }
  if (hovered && hovered.node !== undefined && shownSet.has(hovered.node)) drawDot(context, hovered.node, theme().soft);
}

/** "+12" at the shoulder of a node with more neighbours, and a mark on those that are pinned. */
function drawBadges(context, scale) {
  badges = [];
  const size = 1 / Math.max(scale, 0.55);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const lit = litNodes();
  shown.forEach((node) => {
    if (lit && !lit.has(node)) return;
    const { x, y } = spotOf(node);
    const shoulder = sizeOf(node) * 0.72;
    if (state.pinned.has(node)) {
      context.fillStyle = theme().accent;
      context.beginPath();
      context.arc(x - shoulder, y - shoulder, 4.5 * size, 0, 2 * Math.PI);
      context.fill();
    }
    const more = isWhole() || scale < 0.3 ? 0 : hiddenNear(node);
    if (!more) return;
    const text = more > 99 ? "99+" : `+${more}`;
    const half = (BADGE + (text.length - 2) * 3) * size;
    const centre = { x: x + shoulder + 3 * size, y: y - shoulder - 2 * size };
    context.beginPath();
    context.roundRect(centre.x - half - 2 * size, centre.y - 6.5 * size, 2 * half + 4 * size, 13 * size, 6.5 * size);
    context.fillStyle = theme().paper;
    context.fill();
    context.lineWidth = size;
    context.strokeStyle = theme().faint;
    context.stroke();
    context.fillStyle = theme().soft;
    context.font = `600 ${9.5 * size}px ${FAMILY}`;
    context.fillText(text, centre.x, centre.y + 0.5 * size);
    badges.push({ node, ...centre, half: half + 3 * size, height: 8 * size });
  });
}

function badgeAt({ x, y }) {
  const found = badges.find((badge) => Math.abs(x - badge.x) < badge.half && Math.abs(y - badge.y) < badge.height);
  return found ? found.node : null;
}

network.on("beforeDrawing", (context) => {
  watchMoves();
  const scale = network.getScale();
  context.save();
  drawRegions(context);
  drawAlone(context, scale);
  drawLines(context, scale);
  context.restore();
});
network.on("afterDrawing", (context) => {
  const scale = network.getScale();
  context.save();
  drawDots(context, scale);
  drawChosen(context, scale);
  if (shown.length < 600) drawBadges(context, scale);
  else badges = [];
  context.restore();
  drawLabels(context, scale);
});
