// The graph of the page, indexed, and elements made of text only.

const graph = JSON.parse(document.getElementById("graph-data").textContent);
const drawing = JSON.parse(document.getElementById("network-data").textContent);
const KINDS = { actual: "实际", change: "变化", target: "目标", limit: "限额" };
const BATCH = 12;

const $ = (id) => document.getElementById(id);
const panel = $("panel");

/** An element; `children` are nodes or text, which is never read as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (name === "colour") element.style.background = value;
    else if (value !== undefined && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const facts = graph.facts.map(([subject, relation, object, claims]) => ({ subject, relation, object, claims }));
const figures = graph.figures.map(([subject, indicator, value, unit, period, kind, claim]) => (
  { subject, indicator, value, unit, period, kind, claim }));
const outgoing = graph.nodes.map(() => []);
const incoming = graph.nodes.map(() => []);
const measured = graph.nodes.map(() => []);
facts.forEach((fact) => { outgoing[fact.subject].push(fact); incoming[fact.object].push(fact); });
figures.forEach((figure) => measured[figure.subject].push(figure));
const darkness = window.matchMedia("(prefers-color-scheme: dark)");

/** `colour`, or on a dark page a lighter one where it would not stand out. */
function shade(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const light = (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255;
  const mix = darkness.matches ? Math.max(0, 0.55 - light) : Math.max(0, light - 0.72);
  const towards = darkness.matches ? 255 : 0;
  return `rgb(${parts.map((part) => Math.round(part + (towards - part) * mix)).join(",")})`;
}
const colourOf = (node) => shade(graph.groups[graph.nodes[node].group].colour);
