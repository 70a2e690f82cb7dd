"use strict";

// Search. The index is loaded when a reader first uses it; a script, since a page at a file
// address cannot fetch data. Keyboard and roles follow
// https://www.w3.org/WAI/ARIA/apg/patterns/combobox/examples/combobox-autocomplete-list/.
const MOST = 10;
const EXACT = 0, PREFIX = 1, WORD = 2;
const root = document.body.dataset.root;

const fold = (text) => text.normalize("NFKC").toLowerCase();
const squeeze = (folded) => folded.replace(/[^\p{L}\p{N}]/gu, "");
const words = (folded) => folded.split(/[^\p{L}\p{N}]+/u).filter(Boolean);

let loading;
function loadIndex() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}assets/search-index.js`;
    script.onload = () => decompress(window.bonemetIndex).then(prepare).then(resolve, reject);
    script.onerror = reject;
    document.head.append(script);
  });
  return loading;
}

function decompress(base64) {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

// Each concept has a list of texts for each kind of text. Codes are in lists that begin with their prefix.
function prepare({ kinds, concepts }) {
  const entries = [];
  const withPrefix = ([prefix, ...codes]) => codes.map((code) => `${prefix}:${code}`);
  concepts.forEach(({ texts }, concept) => texts.forEach((ofKind, kind) => {
    const isCode = kinds[kind].startsWith("code");
    for (const text of isCode ? ofKind.flatMap(withPrefix) : ofKind) {
      const folded = fold(text);
      // A code is found with or without its prefix.
      const keys = isCode ? [folded, folded.slice(folded.indexOf(":") + 1)] : [folded];
      entries.push({ text, concept, kind, keys: keys.map(squeeze), words: isCode ? [] : words(folded) });
    }
  }));
  return { kinds, concepts, entries };
}

function rank(entry, query, queryWords) {
  if (entry.keys.includes(query)) return EXACT;
  if (entry.keys.some((key) => key.startsWith(query))) return PREFIX;
  const isFound = queryWords.every((each) => entry.words.some((word) => word.startsWith(each)));
  return isFound ? WORD : null;
}

// Return the best entry of each concept, the best concept first.
function find(index, text) {
  const folded = fold(text);
  const query = squeeze(folded);
  if (!query) return [];
  const queryWords = words(folded);
  const best = new Map();
  for (const entry of index.entries) {
    const found = rank(entry, query, queryWords);
    if (found === null) continue;
    const order = [found, entry.kind, entry.text.length];
    const former = best.get(entry.concept);
    if (!former || compare(order, former.order) < 0) best.set(entry.concept, { entry, order });
  }
  return [...best.values()].sort((a, b) => compare(a.order, b.order)).map(({ entry }) => entry);
}

function compare(a, b) {
  const place = a.findIndex((value, i) => value !== b[i]);
  return place < 0 ? 0 : a[place] - b[place];
}

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function startSearch(form) {
  const isLarge = form.classList.contains("large");
  form.innerHTML = `
    <label for="search" class="${isLarge ? "" : "unseen"}">Find a concept by name or code</label>
    <input id="search" type="search" role="combobox" aria-expanded="false" aria-controls="search-results"
      aria-autocomplete="list" autocomplete="off" autocapitalize="off" spellcheck="false"
      placeholder="${isLarge ? "bone mets, RANKL, C79.51 …" : "Search"}">
    <ul id="search-results" role="listbox" aria-label="Concepts" hidden></ul>
    <p class="unseen" role="status"></p>`;
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const status = form.querySelector("[role=status]");
  let active = -1;

  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];
  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }
  function activate(number) {
    active = number;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === number)));
    const option = options()[number];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }
  function show(index, found) {
    const shown = found.slice(0, MOST).map((entry, i) => {
      const { id, kind, texts: [[label]] } = index.concepts[entry.concept];
      const option = element("li", "");
      option.id = `search-option-${i}`;
      option.setAttribute("role", "option");
      option.dataset.href = `${root}concepts/${id}.html`;
      const by = entry.text === label ? "" : `, ${index.kinds[entry.kind]} `;
      const detail = element("small", kind.replaceAll("_", " ") + by);
      if (by) detail.append(element("b", entry.text));
      option.append(element("b", label), detail);
      return option;
    });
    if (!shown.length) {
      const nothing = element("li", "No concept has such a name or code.", "nothing");
      nothing.setAttribute("role", "option");
      nothing.setAttribute("aria-disabled", "true");
      shown.push(nothing);
    }
    list.replaceChildren(...shown);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    const more = found.length > MOST ? `, ${MOST} shown` : "";
    status.textContent = `${found.length} ${found.length === 1 ? "concept" : "concepts"}${more}`;
    activate(-1);
  }
  async function search() {
    const text = input.value;
    if (!text.trim()) return close();
    const index = await loadIndex();
    if (text === input.value) show(index, find(index, text));
  }
  function open(option) {
    if (option?.dataset.href) window.location.href = option.dataset.href;
  }

  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("focus", loadIndex);
  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return search();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(options()[Math.max(active, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus
  list.addEventListener("click", (event) => open(event.target.closest("[role=option]")));
  input.addEventListener("blur", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && document.activeElement !== input) {
      event.preventDefault();
      input.focus();
    }
  });
}

// Copy
async function copy(button) {
  const text = button.parentElement.querySelector("pre").textContent;
  let word = "Copied";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    word = "Press Ctrl-C";
    const selection = window.getSelection();
    selection.selectAllChildren(button.parentElement.querySelector("pre"));
  }
  button.firstChild.data = word;
  setTimeout(() => { button.firstChild.data = "Copy"; }, 2000);
}

document.querySelectorAll("form.search").forEach(startSearch);
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

// Evidence of the statement that the address names is open, and all of it in print.
function openTarget() {
  const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  target?.querySelector("details")?.setAttribute("open", "");
}
window.addEventListener("hashchange", openTarget);
openTarget();
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((each) => { each.open = true; });
});
