// One tab stop for everything in a chat that can be pressed: arrows go from one to the next. Else a long chat would stand
// between a keyboard and the box below it.

const PRESSABLE = 'button, a[href], code, pre, .spoiler[role]';
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export class Stops {
  constructor(log) {
    this.log = log;
    this.current = null;
    log.addEventListener('focusin', ({ target }) => this.choose(target.closest(PRESSABLE)));
    log.addEventListener('keydown', (event) => this.move(event));
  }

  /** Told when the messages have changed. */
  settle() {
    const all = this.all();
    for (const node of all) node.tabIndex = -1;
    const stays = all.includes(this.current) && this.log.contains(document.activeElement);
    this.choose(stays ? this.current : this.newest(all));
    // Without anything to press, the chat itself is reached, so that it can be scrolled.
    this.log.tabIndex = this.current ? -1 : 0;
  }

  /** The first button of the newest message that has any, since it is what a reader most likely wants. */
  newest(all) {
    const keys = all.filter((node) => node.matches('.key'));
    const keyboard = keys.at(-1)?.closest('.keyboard');
    return keyboard?.querySelector('.key') ?? all.at(-1) ?? null;
  }

  all() {
    return [...this.log.querySelectorAll(PRESSABLE)].filter((node) => node.checkVisibility());
  }

  choose(node) {
    if (!node && this.current?.isConnected) return;
    if (this.current) this.current.tabIndex = -1;
    if (node) node.tabIndex = 0;
    this.current = node;
  }

  move(event) {
    const all = this.all();
    const at = all.indexOf(event.target);
    const step = STEPS[event.key];
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (step ? Math.max(at + step, 0) : undefined);
    if (at < 0 || next === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    all[Math.min(next, all.length - 1)].focus();
  }
}
