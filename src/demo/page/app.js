// The page: its panes, the tabs of a narrow window, and the connection to the server.

import { follow } from './api.js';
import { Pane } from './pane.js';
import { pageTexts, textsFor, visitorLanguage } from './texts.js';

const panes = new Map();
const tabs = document.querySelector('.tabs');
const main = document.querySelector('main');
const language = visitorLanguage();
const texts = pageTexts(language);
let answers = [];

const page = {
  answers: () => answers,
  changed: (pane) => label(pane),
  alert(text, language) {
    const dialog = document.querySelector('dialog');
    dialog.lang = language;
    dialog.querySelector('p').textContent = text;
    if (!dialog.open) dialog.showModal();
  },
};

dress();
connection('connecting');
follow(show, connection);

function dress() {
  document.documentElement.lang = language;
  document.querySelector('.about p').textContent = texts.about;
  const steps = document.querySelector('.steps');
  steps.ariaLabel = texts.toTry;
  steps.replaceChildren(...texts.steps.map(step));
  tabs.ariaLabel = main.ariaLabel = texts.chats;
  showStep();
}

function step(text) {
  const item = document.createElement('li');
  item.append(...text.split('*').map((part, index) => {
    return index % 2 ? Object.assign(document.createElement('b'), { lang: 'ru', textContent: part }) : part;
  }));
  return item;
}

function show(state) {
  answers = state.answers;
  for (const paneState of state.panes) {
    const pane = panes.get(paneState.pane) ?? open(paneState);
    pane.update(paneState);
  }
  for (const pane of panes.values()) pane.answered(answers);
  showStep();
}

/** Marks what to try next: the furthest step of the order's life for which the chats are ready. */
function showStep() {
  const steps = [...document.querySelector('.steps').children];
  const button = (step) => steps[step].querySelector('b').textContent;
  const all = [...panes.values()];
  const ready = [
    true,
    all.some((pane) => !pane.isGroup && pane.messages.size > 0),
    all.some((pane) => pane.offers(button(2))),
    all.some((pane) => pane.offers(button(3))),
    all.some((pane) => pane.holdsProtectedFile()),
  ];
  const current = ready.lastIndexOf(true);
  steps.forEach((step, index) => {
    step.ariaCurrent = index === current ? 'step' : 'false';
  });
}

function open(state) {
  const pane = new Pane(state, page);
  panes.set(pane.key, pane);
  main.append(pane.node);
  tabs.append(tab(pane));
  if (panes.size === 1) choose(pane.key);
  return pane;
}

function tab(pane) {
  const button = Object.assign(document.createElement('button'), { type: 'button', role: 'tab', id: `tab-${pane.key}` });
  button.lang = pane.language;
  button.dataset.tab = pane.key;
  button.setAttribute('aria-controls', pane.node.id);
  button.setAttribute('aria-selected', 'false');
  button.tabIndex = -1;
  const name = Object.assign(document.createElement('span'), { textContent: pane.title });
  button.append(name, Object.assign(document.createElement('span'), { className: 'badge', hidden: true }));
  button.addEventListener('click', () => choose(pane.key));
  button.addEventListener('keydown', move);
  return button;
}

/** Brings one pane into view in a narrow window; a wide one shows them all. */
function choose(key) {
  for (const [other, pane] of panes) {
    const chosen = other === key;
    pane.node.toggleAttribute('data-chosen', chosen);
    const button = document.getElementById(`tab-${other}`);
    button?.setAttribute('aria-selected', String(chosen));
    if (button) button.tabIndex = chosen ? 0 : -1;
  }
  panes.get(key).seen();
}

function move(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...tabs.children];
  const next = all.at((all.indexOf(event.currentTarget) + step) % all.length);
  choose(next.dataset.tab);
  next.focus();
}

function label(pane) {
  const badge = document.querySelector(`#tab-${pane.key} .badge`);
  if (!badge) return;
  badge.hidden = pane.unread === 0;
  badge.textContent = pane.unread;
  badge.ariaLabel = textsFor(pane.language).unread(pane.unread);
}

function connection(name) {
  document.body.dataset.connection = name;
  document.querySelector('.connection').textContent = texts.connection[name];
}
