// The bot's commands that begin like what stands in the box, offered above it as Telegram's apps do.

export class Suggestions {
  /** `choose(command)` is called with the chosen one: `{command, description, sends}`. */
  constructor(input, list, choose) {
    this.input = input;
    this.list = list;
    this.choose = choose;
    this.commands = [];
    this.shown = [];
    this.active = -1;
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', list.id);
    input.addEventListener('input', () => this.offer());
    input.addEventListener('blur', () => this.hide());
  }

  offer() {
    const typed = /^\/\w*$/.test(this.input.value) ? this.input.value.slice(1).toLowerCase() : null;
    this.shown = typed === null ? [] : this.commands.filter(({ command }) => command.startsWith(typed));
    this.list.replaceChildren(...this.shown.map((entry, index) => this.option(entry, index)));
    this.list.hidden = this.shown.length === 0;
    this.mark(-1);
  }

  hide() {
    this.shown = [];
    this.list.hidden = true;
    this.mark(-1);
  }

  /** Whether the key was meant for the list. */
  key(event) {
    if (this.list.hidden) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.mark((from + step + this.shown.length) % this.shown.length);
    } else if (event.key === 'Escape') {
      this.hide();
    } else if (event.key === 'Tab' && !event.shiftKey) {
      const { command } = this.shown[Math.max(this.active, 0)];
      this.input.value = `/${command} `;
      this.hide();
    } else if (event.key === 'Enter' && this.active >= 0) {
      this.choose(this.shown[this.active]);
      this.hide();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  option(entry, index) {
    const item = Object.assign(document.createElement('li'), { id: `${this.list.id}-${index}` });
    item.role = 'option';
    item.dataset.item = `/${entry.command}`;
    item.append(
      Object.assign(document.createElement('b'), { textContent: `/${entry.command}` }),
      Object.assign(document.createElement('span'), { textContent: entry.description }),
    );
    // Before the box loses the focus.
    item.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      this.choose(entry);
      this.hide();
    });
    return item;
  }

  mark(index) {
    this.active = index;
    [...this.list.children].forEach((item, at) => {
      item.ariaSelected = String(at === index);
    });
    const item = this.list.children[index];
    item?.scrollIntoView({ block: 'nearest' });
    if (item) this.input.setAttribute('aria-activedescendant', item.id);
    else this.input.removeAttribute('aria-activedescendant');
  }
}
