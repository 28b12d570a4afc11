// One chat as one of its people sees it.

import { block, choose, edit, sendFile, say, tap, unblock } from './api.js';
import { Composer } from './composer.js';
import { Forum } from './forum.js';
import { MessageView, summary } from './message.js';
import { choosePeople, initials } from './picker.js';
import { Stops } from './stops.js';
import { textsFor } from './texts.js';
import { enlarge } from './viewer.js';

// A reader this close to the end (in pixels) follows new messages.
const NEAR_END = 60;
// Telegram's clients stop waiting for the answer to a button after about this long (in ms).
const ANSWER_LIMIT = 15_000;
const TOAST_TIME = 4_500;
// A shorter wait is over before anybody has read of it (in ms).
const SHORTEST_HOLD = 1_200;
// Until then a screen reader would read the whole history aloud (in ms).
const HISTORY_TIME = 1_000;

export class Pane {
  /** `page` has `alert(text)` and `changed(pane)`, called when the count of unread messages changes. */
  constructor(state, page) {
    this.key = state.pane;
    this.page = page;
    this.language = state.language;
    this.texts = textsFor(state.language);
    this.isGroup = state.kind === 'group';
    this.messages = new Map();
    this.pressed = new Map();
    this.unread = 0;
    this.newest = 0;
    this.top = 0;
    this.following = true;
    this.person = state.people[0].id;
    this.node = document.getElementById('pane-template').content.firstElementChild.cloneNode(true);
    this.log = this.node.querySelector('.log');
    this.composer = new Composer(this);
    this.forum = new Forum(this);
    this.stops = new Stops(this.log);
    this.dress(state);
    this.listen();
    this.quieten();
  }

  dress(state) {
    this.title = state.title;
    this.node.id = `pane-${this.key}`;
    this.node.dataset.pane = this.key;
    this.node.dataset.kind = state.kind;
    this.node.lang = this.language;
    const heading = this.node.querySelector('h2');
    heading.id = `title-${this.key}`;
    heading.textContent = state.title;
    this.node.setAttribute('aria-labelledby', heading.id);
    this.node.querySelector('.avatar').textContent = initials(state.title);
    this.node.querySelector('.subtitle').textContent = state.subtitle;
    this.node.querySelector('.latest span').textContent = this.texts.latest;
    this.node.querySelector('.start').textContent = this.texts.start;
    this.node.querySelector('.blocked p').textContent = this.texts.blocked;
    this.node.querySelector('.blocked button').textContent = this.texts.unblock;
    this.node.querySelector('.closed').textContent = this.texts.topics.isClosed;
    this.log.ariaLabel = this.texts.log(state.title);
    if (state.people.length > 1) this.offerPeople(state.people);
  }

  offerPeople(people) {
    const fieldset = this.node.querySelector('.acting');
    fieldset.hidden = false;
    fieldset.querySelector('legend').textContent = this.texts.acting;
    for (const person of people) {
      const label = document.createElement('label');
      const radio = Object.assign(document.createElement('input'), { type: 'radio', name: `acting-${this.key}` });
      radio.value = person.id;
      radio.checked = person.id === this.person;
      radio.addEventListener('change', () => {
        this.person = person.id;
        this.update(this.state);
      });
      const name = Object.assign(document.createElement('span'), { textContent: person.name });
      if (person.admin) name.append(Object.assign(document.createElement('small'), { textContent: this.texts.admin }));
      label.append(radio, name);
      fieldset.append(label);
    }
  }

  listen() {
    this.log.addEventListener('scroll', () => {
      // Hidden chats have no place to be scrolled to.
      if (this.node.offsetParent === null) return;
      const { scrollTop, scrollHeight, clientHeight } = this.log;
      // The end may have moved away since the chat was scrolled to it: only a reader goes up.
      if (scrollHeight - scrollTop - clientHeight < NEAR_END) this.follow(true);
      else if (scrollTop < this.top) this.follow(false);
      this.top = scrollTop;
    });
    // The end moves when the chat gets another size, and when what stands in it does: pictures, fonts.
    const resized = new ResizeObserver(() => this.settleScroll());
    resized.observe(this.log);
    resized.observe(this.log.querySelector('.history'));
    this.node.querySelector('.latest').addEventListener('click', () => {
      this.follow(true);
      this.settleScroll();
      this.log.focus({ preventScroll: true });
    });
    this.node.querySelector('.start').addEventListener('click', () => this.say('/start'));
    this.node.querySelector('.blocked button').addEventListener('click', () => this.unblock());
  }

  update(state) {
    const history = this.state === undefined;
    this.state = state;
    const isNew = ({ id, from, service }) => !history && id > this.newest && from.id !== this.person && !service;
    const arrived = state.messages.filter(isNew);
    this.newest = Math.max(this.newest, state.messages.at(-1)?.id ?? 0);
    this.forum.update(state, this.node.offsetParent ? arrived.filter((message) => !this.forum.shows(message)) : arrived);
    const messages = state.messages.filter((message) => this.forum.shows(message));
    const known = new Set(messages.map((message) => message.id));
    for (const [id, view] of this.messages) {
      if (known.has(id)) continue;
      view.node.remove();
      this.messages.delete(id);
    }
    const byId = new Map(state.messages.map((message) => [message.id, message]));
    let before = null;
    for (const message of messages) {
      const mine = message.from.id === this.person;
      const view = this.messages.get(message.id) ?? this.add(message, before);
      if (view.isNew && mine) this.following = true;
      view.isNew = false;
      view.update(message, {
        mine,
        follows: !before?.message.service && !message.service && before?.message.from.id === message.from.id,
        quoted: byId.get(message.reply_to) ?? null,
      });
      before = view;
    }
    const empty = this.node.querySelector('.empty');
    empty.hidden = this.messages.size > 0;
    empty.textContent = this.forum.isAtList ? this.texts.topics.choose
      : this.isGroup ? this.texts.emptyGroup : state.about || this.texts.emptyPrivate;
    this.composer.show(state.people.find((person) => person.id === this.person).commands);
    this.composer.offerKeys(state.reply_keyboard);
    this.footer();
    this.hold(state.held_until);
    this.stops.settle();
    this.settleScroll();
    this.count(arrived.length);
  }

  /** Ends the wait for each answered button, and shows what the bot said to it. */
  answered(answers) {
    for (const answer of answers) {
      const wait = this.pressed.get(answer.callback);
      if (!wait) continue;
      this.pressed.delete(answer.callback);
      clearTimeout(wait.timer);
      wait.view.settle();
      if (answer.alert) this.page.alert(answer.text, this.language);
      else if (answer.text) this.toast(answer.text);
    }
  }

  /** Shows one topic, or with null the list of them. */
  read(topic) {
    this.forum.choose(topic);
    this.composer.cancelReply();
    this.quieten();
    this.follow(true);
    this.update(this.state);
  }

  /** What is shown at once is not read aloud by a screen reader; what comes later is. */
  quieten() {
    this.log.ariaLive = 'off';
    clearTimeout(this.quiet);
    this.quiet = setTimeout(() => { this.log.ariaLive = 'polite'; }, HISTORY_TIME);
  }

  async say(text) {
    await this.attempt(() => say(this.key, this.person, text, null, this.forum.current));
  }

  /** Opens the contacts for a key that asks for as many people, and shares whoever is chosen. */
  async choose(label, most) {
    const people = await choosePeople(this.state.contacts, most, this.texts.picker, this.language);
    if (people) await this.attempt(() => choose(this.key, this.person, label, people));
  }

  async tap(view, button, label) {
    view.busy(button);
    const callback = await this.attempt(() => tap(this.key, this.person, view.message.id, label));
    if (callback === null) {
      view.settle();
      return;
    }
    const timer = setTimeout(() => {
      this.pressed.delete(callback);
      view.settle();
      this.toast(this.texts.errors.silent, 'error');
    }, ANSWER_LIMIT);
    this.pressed.set(callback, { view, timer });
    // The bot may have been quicker than the reply to the press.
    this.answered(this.page.answers());
  }

  async block() {
    await this.attempt(() => block(this.key, this.person));
  }

  async unblock() {
    await this.attempt(() => unblock(this.key, this.person));
  }

  /** Gives the focus to what the actor writes with. */
  enter() {
    if (!this.composer.form.hidden) this.composer.focus();
    else if (this.forum.isDivided) (this.forum.isAtList ? this.forum : this.log).focus();
    else this.node.querySelector('.pane-footer button:not([hidden])').focus();
  }

  /** Whether a button with this label stands in the chat; before `…` stands how it begins. */
  offers(label) {
    const begin = label.replace(/ ?…$/, '');
    return this.state.messages.some((message) => message.keyboard.flat().some((button) => button.label.startsWith(begin)));
  }

  /** Whether a file with serial numbers stands in the chat. */
  holdsKeys() {
    return this.state.messages.some(({ from, document }) => from.bot && document && !document.name.endsWith('.pdf'));
  }

  /** Shows a photo in full. */
  enlarge(message) {
    enlarge(message, summary(message, this.texts), this.texts);
  }

  edit(message) {
    this.composer.edit(message);
  }

  /** The newest message of whoever acts here, if it has words. */
  lastOwn() {
    return this.state.messages.findLast((message) => message.from.id === this.person && message.text !== '');
  }

  async copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      this.toast(this.texts.copied);
    } catch {
      this.toast(this.texts.errors.clipboard, 'error');
    }
  }

  replyTo(message) {
    this.composer.replyTo(message);
  }

  /** Scrolls to a message and gives it the focus. */
  reveal(id) {
    const view = this.messages.get(id);
    view?.node.scrollIntoView({ block: 'nearest' });
    view?.node.focus({ preventScroll: true });
  }

  toast(text, kind = 'answer') {
    const node = Object.assign(document.createElement('p'), { className: 'toast', textContent: text });
    node.dataset.kind = kind;
    this.node.querySelector('.toasts').replaceChildren(node);
    setTimeout(() => node.remove(), Math.max(TOAST_TIME, text.length * 70));
  }

  /** Told by the page when this pane comes into view. */
  seen() {
    this.forum.seen();
    this.settleScroll();
    this.count(0);
  }

  async send({ text, file, replyTo, editing }) {
    const sent = await this.attempt(async () => {
      const topic = this.forum.current;
      if (editing !== null) await edit(this.key, this.person, editing, text);
      else if (file) await sendFile(this.key, this.person, file, text, replyTo, topic);
      else await say(this.key, this.person, text, replyTo, topic);
      return true;
    });
    return sent === true;
  }

  async attempt(action) {
    try {
      return await action();
    } catch (error) {
      this.toast(this.texts.errors[error.message] ?? this.texts.errors.refused, 'error');
      return null;
    }
  }

  add(message, before) {
    const view = new MessageView(this);
    view.isNew = true;
    this.messages.set(message.id, view);
    if (before) before.node.after(view.node);
    else this.log.querySelector('.history').prepend(view.node);
    return view;
  }

  /** As in Telegram, the box gives way to a button before the first message and while the bot is blocked; a closed topic has none. */
  footer() {
    const { blocked } = this.state;
    const empty = this.messages.size === 0 && !this.isGroup && !blocked;
    const footer = this.node.querySelector('.pane-footer');
    const hadFocus = footer.contains(document.activeElement);
    footer.querySelector('.start').hidden = !empty;
    footer.querySelector('.blocked').hidden = !blocked;
    const wasHidden = this.composer.form.hidden;
    footer.hidden = this.forum.isAtList;
    footer.querySelector('.closed').hidden = !this.forum.isClosed;
    this.composer.form.hidden = empty || blocked || this.forum.isAtList || this.forum.isClosed;
    if (!hadFocus || wasHidden === this.composer.form.hidden) return;
    if (blocked) footer.querySelector('.blocked button').focus();
    else this.enter();
  }

  /** Says how long the flood limits hold back what the bot has to say here. `until` is in milliseconds; null if they do not. */
  hold(until) {
    const strip = this.node.querySelector('.holding');
    clearInterval(this.holding);
    const rest = (until ?? 0) - Date.now();
    strip.hidden = rest < SHORTEST_HOLD;
    if (strip.hidden) return;
    const tell = () => {
      const seconds = Math.ceil((until - Date.now()) / 1000);
      strip.hidden = seconds <= 0;
      strip.textContent = this.texts.held(seconds);
      if (strip.hidden) clearInterval(this.holding);
    };
    tell();
    this.holding = setInterval(tell, 1000);
  }

  follow(following) {
    this.following = following;
    this.node.querySelector('.latest').hidden = following;
  }

  settleScroll() {
    if (!this.following) return;
    this.log.scrollTop = this.log.scrollHeight;
    this.top = this.log.scrollTop;
  }

  count(arrived) {
    const inView = this.node.offsetParent !== null;
    this.unread = inView ? 0 : this.unread + arrived;
    this.page.changed(this);
  }
}
