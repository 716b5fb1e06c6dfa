"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 40rem)");
const STEP_S = 5;
const PAUSE_S = 8;
const SILENCE_S = 30;
const LONG_SILENCE_S = 240;
const LEFT_ALONE_MS = 6000;
const AGAIN_MS = 2000;

let shown = { language: document.documentElement.lang, length_s: 0, blocks: [], words: [] };
let sound = new Audio();
let soundUrl = "";
let coming = null;
let marks = [];
let began = false;
let scrolledAt = -Infinity;
let ticking = 0;

function say(name) {
  return (data.wording[shown.language] ?? data.wording.en)[name];
}

function made(tag, about = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), about);
  element.append(...inside);
  return element;
}

function put(id, text) {
  if (find(id).textContent !== text) find(id).textContent = text;
}

function clock(seconds) {
  const whole = new Date(Math.floor(seconds) * 1000).toISOString().slice(11, 19);
  return whole.replace(/^(00:)?0?/, "");
}

const within = (part, time_s) => part.start_s <= time_s && time_s < part.end_s;
const blockAt = (time_s) => shown.blocks.find((block) => within(block, time_s)) ?? shown.blocks.at(-1);
const wordsAt = (time_s) => shown.words.find((words) => within(words, time_s));

// What is shown

function show(contents) {
  const whole = contents.picture !== undefined;
  if (whole) {
    shown = contents;
    document.documentElement.lang = shown.language;
    document.title = find("name").textContent = shown.title;
    find("facts").textContent = shown.facts;
    name();
    draw();
    write();
    if (shown.sound) load(shown.sound);
  }
  find("stage").hidden = find("words").hidden = shown.picture === undefined;
  tellProblems(contents.problems ?? []);
  note("before", !whole && shown.picture !== undefined);
  tellState();
}

function note(name, holds) {
  document.body.classList.toggle(name, holds);
  const noted = ["lost", "before", "mute"].find((one) => document.body.classList.contains(one));
  put("note", noted ? say(noted) : "");
}

function name() {
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  find("place").setAttribute("aria-label", say("place"));
  find("place").max = shown.length_s;
}

function draw() {
  const picture = new DOMParser().parseFromString(shown.picture, "image/svg+xml").documentElement;
  find("picture").replaceChildren(document.importNode(picture, true));
  fit();
}

function fit() {
  const picture = find("picture").firstElementChild;
  if (!picture) return;
  picture.dataset.wide ??= picture.getAttribute("viewBox");
  picture.setAttribute("viewBox", narrow.matches ? "0 138 1200 148" : picture.dataset.wide);
  picture.setAttribute("preserveAspectRatio", narrow.matches ? "none" : "xMidYMid");
}

function write() {
  const focused = marks.findIndex(([, mark]) => mark === document.activeElement);
  marks = [];
  find("script").replaceChildren(...shown.blocks.map(paragraph));
  marks[focused]?.[1].focus({ preventScroll: true });
}

function paragraph(block, index) {
  const heading = made("h3", {}, button(block, block.title));
  const lines = made("ol");
  let quietFrom_s = block.start_s;
  for (const words of shown.words.filter((one) => one.block === index)) {
    lines.append(...quiet(quietFrom_s, words.start_s));
    const line = made("li", { className: words.counted ? "counted" : "" }, button(words, words.text));
    line.classList.toggle("rested", words.start_s - quietFrom_s > PAUSE_S);
    lines.append(line);
    quietFrom_s = words.end_s;
  }
  lines.append(...quiet(quietFrom_s, block.end_s));
  const item = made("li", {}, heading, lines);
  item.style.setProperty("--own", `var(--${block.ink})`);
  return item;
}

function button(part, text) {
  const time = made("span", { className: "time", textContent: clock(part.start_s) });
  const mark = made("button", { type: "button" }, time, " ", made("span", { textContent: text }));
  mark.addEventListener("mousedown", (event) => event.preventDefault()); // so that space goes on to play and pause
  mark.addEventListener("click", () => listen(part.start_s));
  marks.push([part, mark]);
  return mark;
}

function quiet(from_s, until_s) {
  const lasts_s = until_s - from_s;
  if (lasts_s < SILENCE_S) return [];
  const line = made("li", { className: "quiet", textContent: say("quiet").replace("{}", clock(lasts_s)) });
  line.style.setProperty("--lasts", Math.min(1, lasts_s / LONG_SILENCE_S));
  return [line];
}

function tellProblems(problems) {
  const broken = problems.some((problem) => problem.severity === "error");
  find("problems").hidden = !problems.length;
  find("problems-name").textContent = problems.length ? say(broken ? "mend" : "consider") : "";
  find("problems-name").lang = shown.language;
  find("problems").querySelector("ul").replaceChildren(...problems.map(problemTold));
}

function problemTold(problem) {
  const place = [problem.file, problem.line, problem.column].filter(Boolean).join(":");
  const head = made("p", {}, made("strong", { textContent: problem.message }));
  head.append(" ", made("span", { className: "place", textContent: `${place} ${problem.code}` }));
  const item = made("li", { className: problem.severity }, head);
  if (problem.excerpt) item.append(made("pre", { textContent: problem.excerpt }));
  if (problem.help) item.append(made("p", { className: "help", textContent: problem.help }));
  return item;
}

// The sound, whose own clock is the only one

function load(url) {
  if (url === soundUrl) return;
  soundUrl = url;
  drop(coming);
  const next = (coming = new Audio());
  next.preload = "auto";
  next.addEventListener("loadedmetadata", () => change(next), { once: true });
  next.addEventListener("error", () => fail(next));
  next.src = url.startsWith("data:") ? blobUrl(url) : url;
}

function fail(audio) {
  if (audio === coming || audio === sound) soundUrl = "";
  if (audio === coming) note("mute", true);
}

function drop(audio) {
  if (!audio?.src) return;
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load(); // which lets go of what it was loading
}

function blobUrl(url) {
  const [head, body] = url.split(",", 2);
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: head.slice("data:".length).split(";")[0] }));
}

function change(next) {
  if (next !== coming) return;
  next.currentTime = Math.min(sound.currentTime, next.duration);
  next.addEventListener("seeked", () => take(next), { once: true });
}

function take(next) {
  if (next !== coming) return;
  const [before, playing] = [sound, !sound.paused];
  [sound, coming] = [next, null];
  note("mute", false);
  if (before.src && Math.abs(before.currentTime - next.currentTime) > 1) next.currentTime = before.currentTime;
  for (const event of ["play", "pause"]) next.addEventListener(event, tellState);
  for (const event of ["play", "seeked", "timeupdate"]) next.addEventListener(event, tick);
  if (playing) start();
  before.pause();
  drop(before);
  tellState();
}

function start() {
  began = true;
  sound.play().catch(tellState);
}

function seek(time_s) {
  sound.currentTime = Math.max(0, Math.min(time_s, sound.duration || 0));
  scrolledAt = -Infinity;
  follow();
  tellPlace();
}

function listen(time_s) {
  seek(time_s);
  start();
}

function toggle() {
  if (sound.paused) start();
  else sound.pause();
}

// What follows the sound

function tick() {
  follow();
  cancelAnimationFrame(ticking);
  if (!sound.paused) ticking = requestAnimationFrame(tick);
}

function follow() {
  const time_s = sound.currentTime;
  find("paper").style.setProperty("--share", shown.length_s ? Math.min(1, time_s / shown.length_s) : 0);
  find("place").value = time_s;
  put("clock", `${clock(time_s)} / ${clock(shown.length_s)}`);
  put("block", blockAt(time_s)?.title ?? "");
  for (const [part, mark] of marks) {
    const current = within(part, time_s);
    if (current !== mark.hasAttribute("aria-current")) markCurrent(mark, current);
  }
}

function markCurrent(mark, current) {
  if (!current) return mark.removeAttribute("aria-current");
  mark.setAttribute("aria-current", "true");
  reveal(mark);
}

function reveal(mark) {
  if (!began || performance.now() - scrolledAt < LEFT_ALONE_MS) return;
  mark?.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

function tellState() {
  document.body.classList.toggle("playing", !sound.paused);
  find("play").disabled = !sound.src;
  find("play").setAttribute("aria-label", say(sound.paused ? "play" : "pause"));
  follow();
  tellPlace();
  if (!sound.paused) reveal([...document.querySelectorAll("#script [aria-current]")].at(-1));
}

function tellPlace() {
  const time_s = sound.currentTime;
  const told = [clock(time_s), blockAt(time_s)?.title].filter(Boolean).join(", ");
  find("place").setAttribute("aria-valuetext", told);
}

// What the listener does

function pointAt(event) {
  const share = event.offsetX / find("place").offsetWidth;
  const time_s = Math.max(0, Math.min(1, share)) * shown.length_s;
  const told = [clock(time_s), wordsAt(time_s)?.text ?? blockAt(time_s)?.title].filter(Boolean).join("  ");
  find("pointed").textContent = told;
  find("pointed").style.setProperty("--pointed", Math.max(0, Math.min(1, share)));
  find("pointed").hidden = false;
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.target.closest("button");
  const steps = { ArrowLeft: -STEP_S, ArrowRight: STEP_S };
  if (event.key === " " && !onButton) toggle();
  else if (event.key in steps) seek(sound.currentTime + steps[event.key]);
  else return;
  event.preventDefault();
}

function leaveAlone() {
  scrolledAt = performance.now();
}

// The coach, where it watches the session

function watch(url) {
  const stream = new EventSource(url);
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onopen = () => {
    note("lost", false);
    if (shown.sound) load(shown.sound); // if it was lost, too
  };
  stream.onerror = () => {
    note("lost", true);
    if (stream.readyState === EventSource.CLOSED) setTimeout(watch, AGAIN_MS, url);
  };
}

find("play").addEventListener("click", toggle);
find("place").addEventListener("input", (event) => seek(Number(event.target.value)));
find("place").addEventListener("pointerup", start);
find("place").addEventListener("pointermove", pointAt);
find("place").addEventListener("pointerleave", () => (find("pointed").hidden = true));
document.addEventListener("keydown", press);
for (const event of ["wheel", "touchmove"]) document.addEventListener(event, leaveAlone, { passive: true });
narrow.addEventListener("change", fit);
show(data.contents);
if (data.live) watch(data.live);
