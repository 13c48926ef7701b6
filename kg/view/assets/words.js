// Language and light: the words of the page in Chinese and English, and its colours by day and night.

const words = read("words-data");

/** The words for `key` in the language of the page, ``{name}`` in them replaced. */
function t(key, values = {}) {
  const text = words[key] ? words[key][state.language] : key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}
const hasWord = (key) => key in words;
const named = (term) => (state.language ? term.english : term.label);
const count = (number) => number.toLocaleString("en");

/** Puts the words of the language into whatever the template has marked with ``data-t``. */
function translate() {
  document.documentElement.lang = state.language ? "en" : "zh-Hans";
  document.querySelectorAll("[data-t]").forEach((element) => { element.textContent = t(element.dataset.t); });
  for (const name of ["title", "aria-label", "placeholder"]) {
    document.querySelectorAll(`[data-t-${name}]`).forEach((element) => element.setAttribute(name, t(element.getAttribute(`data-t-${name}`))));
  }
}

const darkness = window.matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (state.theme ? state.theme === "dark" : darkness.matches);

/** `colour`, or one as far from the page's ground as its dots need. */
function shade(colour) {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  const light = (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255;
  const mix = isDark() ? Math.max(0, 0.55 - light) : Math.max(0, light - 0.72);
  const towards = isDark() ? 255 : 0;
  return `rgb(${parts.map((part) => Math.round(part + (towards - part) * mix)).join(",")})`;
}

let palette = null;

/** The colours of the page now, as the style sheet has them. */
function theme() {
  if (!palette) {
    // As colours in use: a custom property keeps light-dark() as it is written.
    const probe = document.body.appendChild(make("i", { class: "offscreen" }));
    const value = (name) => {
      probe.style.color = `var(--${name})`;
      return getComputedStyle(probe).color;
    };
    palette = { groups: graph.groups.map((group) => shade(group.colour)) };
    for (const name of ["ink", "soft", "faint", "line", "canvas", "paper", "accent"]) palette[name] = value(name);
    probe.remove();
  }
  return palette;
}
const colourOf = (node) => theme().groups[graph.nodes[node].group];

// Soft grounds of regions: hues a golden angle apart, so that neighbours in the list differ.
const regionColour = (region) => `hsl(${(region * 137.5 + 210) % 360} ${isDark() ? "26% 15.5%" : "48% 94.5%"})`;
const regionInk = (region) => `hsl(${(region * 137.5 + 210) % 360} ${isDark() ? "35% 66%" : "38% 40%"})`;

function applyTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  palette = null;
}
