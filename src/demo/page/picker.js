// The box in which people are chosen for a key that asks for some, as Telegram's apps open it.

const dialog = document.querySelector('.picker');
const search = dialog.querySelector('input');
const list = dialog.querySelector('ul');
const STEPS = { ArrowDown: 1, ArrowUp: -1 };
// Of the colours that Telegram gives to people without a picture.
const HUES = 7;
let asked = null;

search.addEventListener('input', () => offer());
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  list.querySelector('button')?.click();
});
dialog.addEventListener('keydown', (event) => {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [search, ...list.querySelectorAll('button')];
  stops[Math.min(Math.max(stops.indexOf(document.activeElement) + step, 0), stops.length - 1)].focus();
});
dialog.querySelector('form').addEventListener('submit', (event) => {
  if (event.submitter?.value === 'ok') done([...asked.chosen]);
});
// Beside the box.
dialog.addEventListener('click', ({ target }) => {
  if (target === dialog) dialog.close();
});
dialog.addEventListener('close', () => done(null));

/** Resolves to the ids of whoever is chosen, `most` people at most, or to null if nobody is. */
export function choosePeople(contacts, most, texts, language) {
  return new Promise((resolve) => {
    asked = { contacts, most, texts, resolve, chosen: new Set() };
    dialog.lang = language;
    dialog.querySelector('h2').textContent = texts.title(most);
    search.value = '';
    search.placeholder = search.ariaLabel = texts.search;
    dialog.querySelector('.none').textContent = texts.nobody;
    dialog.querySelector('.cancel').textContent = texts.cancel;
    dialog.querySelector('.primary').hidden = most === 1;
    offer();
    dialog.showModal();
  });
}

function offer() {
  const words = search.value.trim().replace(/^@/, '').toLowerCase();
  const fits = ({ name, username }) => [name, username ?? ''].some((text) => text.toLowerCase().includes(words));
  const found = asked.contacts.filter(fits);
  list.replaceChildren(...found.map(entry));
  dialog.querySelector('.none').hidden = found.length > 0;
  mark();
}

function entry(contact) {
  const button = Object.assign(document.createElement('button'), { type: 'button' });
  button.dataset.person = contact.id;
  const avatar = part('span', 'avatar', initials(contact.name));
  avatar.ariaHidden = 'true';
  avatar.dataset.hue = contact.id % HUES;
  const words = document.createElement('span');
  words.append(part('b', '', contact.name), part('small', '', contact.username ? `@${contact.username}` : ''));
  button.append(avatar, words);
  button.addEventListener('click', () => choose(contact.id));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

/** One is sent at once; several are gathered first. */
function choose(person) {
  const { chosen, most } = asked;
  if (most === 1) {
    done([person]);
    return;
  }
  if (chosen.has(person)) chosen.delete(person);
  else if (chosen.size < most) chosen.add(person);
  mark();
}

function mark() {
  const { chosen, most, texts } = asked;
  for (const button of list.querySelectorAll('button')) {
    button.ariaPressed = most === 1 ? null : String(chosen.has(Number(button.dataset.person)));
  }
  const choose = dialog.querySelector('.primary');
  choose.textContent = texts.choose(chosen.size);
  choose.disabled = chosen.size === 0;
}

function done(people) {
  if (!asked) return;
  const { resolve } = asked;
  asked = null;
  dialog.close();
  resolve(people);
}

export function initials(title) {
  return title.split(/\s+/).slice(0, 2).map((word) => [...word][0] ?? '').join('').toUpperCase();
}

function part(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}
