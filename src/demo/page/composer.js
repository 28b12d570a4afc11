// The box at the foot of a chat: text, a file, a reply, and the bot's commands.

import { summary } from './message.js';
import { Popup } from './popup.js';
import { sampleInvoice, sampleSerials } from './samples.js';
import { Suggestions } from './suggestions.js';
import { fileSize } from './texts.js';

// As the server holds it, so that a file too large is refused before it travels.
const FILE_LIMIT = 20 * 1024 * 1024;

export class Composer {
  /**
   * `chat` is the pane around it; its `send({text, file, replyTo, editing})` resolves to whether it was sent, `block()`
   * blocks the bot, `choose(label, most)` opens the contacts, and `lastOwn()` is the actor's last message.
   */
  constructor(chat) {
    this.chat = chat;
    this.texts = chat.texts;
    this.file = null;
    this.reply = null;
    this.editing = null;
    this.form = chat.node.querySelector('.composer');
    this.input = this.form.querySelector('textarea');
    this.picker = this.form.querySelector('input[type="file"]');
    this.menu = this.popup('menu', '.commands');
    this.files = this.popup('attach', '.files');
    const suggested = this.form.querySelector('.suggestions');
    suggested.id = `suggestions-${chat.key}`;
    this.suggestions = new Suggestions(this.input, suggested, ({ sends }) => this.sendNow(sends));
    this.dress();
    this.listen();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Shows the keys that the bot put in place of a person's own; none takes them away. */
  offerKeys(rows) {
    const key = JSON.stringify(rows);
    if (key === this.shownKeys) return;
    this.shownKeys = key;
    const keyboard = this.form.querySelector('.reply-keyboard');
    keyboard.hidden = rows.length === 0;
    keyboard.ariaLabel = this.texts.keys;
    keyboard.replaceChildren(...rows.map((row) => {
      const line = Object.assign(document.createElement('div'), { className: 'row' });
      line.append(...row.map((key) => this.replyKey(key)));
      return line;
    }));
  }

  replyKey({ label, people }) {
    const button = Object.assign(document.createElement('button'), { type: 'button', className: 'key' });
    button.textContent = label;
    if (people) {
      button.classList.add('people');
      button.ariaHasPopup = 'dialog';
    }
    button.addEventListener('click', () => (people ? this.chat.choose(label, people) : this.sendNow(label)));
    return button;
  }

  /** Shows the bot's commands for this chat. */
  show(commands) {
    const key = JSON.stringify(commands);
    if (key === this.shownCommands) return;
    this.shownCommands = key;
    this.suggestions.commands = commands;
    const entries = commands.map((entry) => this.command(entry));
    const none = entries.length === 0 ? [this.menu.remark(this.texts.noCommands)] : [];
    this.menu.fill([...entries, ...none, ...this.blocking()]);
  }

  /** Takes a message back into the box, to be sent changed. */
  edit(message) {
    this.cancelReply();
    this.editing = message.id;
    this.strip('.replying', this.texts.editing, summary(message, this.texts));
    this.input.value = message.text;
    this.fit();
    this.focus();
  }

  replyTo(message) {
    this.cancelReply();
    this.reply = message.id;
    this.strip('.replying', this.texts.replyTo(message.from.name), summary(message, this.texts));
    this.focus();
  }

  attach(file) {
    if (file.size > FILE_LIMIT) {
      this.chat.toast(this.texts.errors.too_large, 'error');
      return;
    }
    this.file = file;
    this.strip('.attached', file.name, fileSize(file.size, this.chat.language));
    this.label(this.texts.caption);
    this.focus();
  }

  detach() {
    this.file = null;
    this.picker.value = '';
    this.form.querySelector('.attached').hidden = true;
    this.label(this.texts.message);
  }

  cancelReply() {
    if (this.editing !== null) this.input.value = '';
    this.editing = this.reply = null;
    this.form.querySelector('.replying').hidden = true;
  }

  async submit() {
    const text = this.input.value.trim();
    if (text === '' && !this.file) {
      this.focus();
      return;
    }
    if (this.sending) return;
    this.sending = true;
    const { file, reply: replyTo, editing } = this;
    const sent = await this.chat.send({ text, file, replyTo, editing });
    this.sending = false;
    if (!sent) return;
    this.input.value = '';
    this.fit();
    this.detach();
    this.cancelReply();
    this.focus();
  }

  /** Sends a text whatever stands in the box. */
  sendNow(text) {
    this.input.value = '';
    this.fit();
    this.focus();
    this.chat.send({ text, file: null, replyTo: null, editing: null });
  }

  dress() {
    const labels = { menu: 'menu', attach: 'attach', send: 'send', detach: 'detach', 'cancel-reply': 'cancelReply' };
    for (const [action, text] of Object.entries(labels)) {
      const button = this.button(action);
      button.ariaLabel = button.title = this.texts[text];
    }
    this.picker.ariaLabel = this.texts.attach;
    this.menu.list.ariaLabel = this.texts.menu;
    this.files.list.ariaLabel = this.texts.attach;
    this.offerFiles();
    this.label(this.texts.message);
  }

  listen() {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('input', () => this.fit());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('paste', (event) => this.take(event, event.clipboardData));
    this.picker.addEventListener('change', () => {
      if (this.picker.files[0]) this.attach(this.picker.files[0]);
    });
    this.button('detach').addEventListener('click', () => this.detach());
    this.button('cancel-reply').addEventListener('click', () => {
      this.cancelReply();
      this.focus();
    });
    this.chat.node.addEventListener('dragover', (event) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault();
    });
    this.chat.node.addEventListener('drop', (event) => this.take(event, event.dataTransfer));
  }

  offerFiles() {
    const { files } = this.texts;
    const sample = (key, make, { name, detail }) => this.files.entry(key, name, detail, () => this.attach(make(name)));
    this.files.fill([
      this.files.entry('pick', files.pick.name, files.pick.detail, () => this.pick()),
      sample('invoice', sampleInvoice, files.invoice),
      sample('serials', sampleSerials, files.serials),
    ]);
  }

  key(event) {
    if (this.suggestions.key(event)) return;
    if (event.key === 'Escape') this.cancelReply();
    if (event.key === 'ArrowUp' && this.input.value === '') this.editLast(event);
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  editLast(event) {
    const message = this.chat.lastOwn();
    if (!message) return;
    event.preventDefault();
    this.edit(message);
  }

  take(event, transfer) {
    const file = transfer.files[0];
    if (!file || this.form.hidden) return;
    event.preventDefault();
    this.attach(file);
  }

  pick() {
    // Else the browser would not tell when the same file is chosen again.
    this.picker.value = '';
    this.picker.click();
  }

  command({ command, description, sends }) {
    return this.menu.entry(`/${command}`, `/${command}`, description, () => this.sendNow(sends));
  }

  /** In a private chat, the last line of the menu blocks the bot. */
  blocking() {
    if (this.chat.isGroup) return [];
    const item = this.menu.entry('block', this.texts.block.name, this.texts.block.detail, () => this.chat.block());
    item.className = 'apart';
    return [item];
  }

  popup(action, selector) {
    const list = this.form.querySelector(selector);
    list.id = `${action}-${this.chat.key}`;
    return new Popup(this.button(action), list);
  }

  strip(selector, title, detail) {
    const node = this.form.querySelector(selector);
    node.hidden = false;
    node.querySelector('b').textContent = title;
    node.querySelector('span').textContent = detail;
  }

  label(text) {
    this.input.placeholder = text;
    this.input.ariaLabel = text;
  }

  fit() {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  button(action) {
    return this.form.querySelector(`[data-action="${action}"]`);
  }
}
