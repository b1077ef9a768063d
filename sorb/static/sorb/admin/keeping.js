'use strict';

// The form keeps itself in this browser a second after every change, and offers what was kept when
// it is opened again. Nothing is kept while it holds what the server sent.
window.sorb = window.sorb || {};
{
    const SECOND = 1000; // milliseconds

    // „12 минути“, in the language of the page
    sorb.age = (minutes) => {
        const whole = Math.max(1, Math.floor(minutes));
        const [count, unit] = whole < 60 ? [whole, 'minute'] :
            whole < 24 * 60 ? [Math.floor(whole / 60), 'hour'] :
                [Math.floor(whole / 60 / 24), 'day'];
        return new Intl.NumberFormat(document.documentElement.lang, {
            style: 'unit', unit, unitDisplay: 'long',
        }).format(count);
    };

    class Keeping {
        constructor(box, form) {
            Object.assign(this, {box, form, timer: null, hasFailed: false});
            const {user, item, token, version, sentAs} = box.dataset;
            Object.assign(this, {user, item, token, version});
            this.notice = box.querySelector('[data-keeping-notice]');
            this.alarm = box.querySelector('[data-keeping-alarm]');
            form.before(box);
            this.sent = sorb.stateOf(form);
            this.isUnsaved = sentAs !== undefined; // the answer to a save that was refused
            this.isKept = false;
            this.offers = sorb.kept.ofItem(user, item)
                .filter((piece) => ![sentAs, token].includes(piece.token));
            this.listen();
            this.follow();
            sorb.files.watch(form, user, () => this.token);
            if (this.isUnsaved) {
                const over = [sentAs].filter((known) => known && known !== token);
                this.keep();
                sorb.kept.removeTokens(user, over);
                sorb.files.putBack(form, user, sentAs).then(() => sorb.files.removeTokens(over));
            }
            this.offer();
        }

        listen() {
            // Django's calendars and clocks fill a field without a word, then focus it
            for (const type of ['input', 'change', 'click', 'focusin', 'dragend', 'rows:changed']) {
                this.form.addEventListener(type, () => this.changed());
            }
            // and its fields to choose by typing speak to jQuery only
            window.django?.jQuery(this.form).on('change', () => this.changed());
            window.addEventListener('sorb:keep', () => this.keep());
            window.addEventListener('pagehide', () => this.flush());
            document.addEventListener('visibilitychange', () => {
                if (document.visibilityState === 'hidden') {
                    this.flush();
                }
            });
            window.addEventListener('storage', ({key, newValue}) => {
                if (key === sorb.kept.SIGNED_OUT && newValue?.split(' ')[0] === this.user) {
                    sorb.kept.isClosed = true; // signed out in another tab
                }
            });
            window.addEventListener('sorb:signed-in', () => {
                sorb.kept.isClosed = false;
                this.keep();
            });
            window.addEventListener('beforeunload', (event) => {
                if (this.hasFailed && !this.form.dataset.sent) {
                    event.preventDefault();
                }
            });
            this.button('restore').addEventListener('click', () => this.restore());
            this.button('discard').addEventListener('click', () => this.discard());
            this.button('back').addEventListener('click', () => this.undo());
        }

        // Text editors start after the page, and write what they were given in their own way
        follow() {
            const follow = (editor) => {
                const {name} = editor.element.$;
                if (editor.element.$.form !== this.form) {
                    return;
                }
                if (name in this.sent.fields) {
                    this.sent.fields[name] = [editor.getData()];
                }
                editor.on('change', () => this.changed());
                if (this.isOffering) {
                    this.offer(); // it may be the same after all
                }
            };
            if (window.CKEDITOR) {
                window.CKEDITOR.on('instanceReady', ({editor}) => follow(editor));
                Object.values(window.CKEDITOR.instances)
                    .filter((editor) => editor.status === 'ready').forEach(follow);
            }
        }

        changed() {
            this.timer ??= setTimeout(() => this.keep(), SECOND);
        }

        flush() {
            if (this.timer !== null) {
                this.keep();
            }
        }

        keep() {
            clearTimeout(this.timer);
            this.timer = null;
            if (sorb.kept.isClosed) {
                return;
            }
            const state = sorb.stateOf(this.form);
            if (!this.isUnsaved && sorb.sameState(state, this.sent)) {
                this.hasFailed = false;
                this.alarm.textContent = '';
                if (this.isKept) {
                    sorb.kept.removeTokens(this.user, [this.token]);
                    this.isKept = false;
                }
                return;
            }
            const piece = {state, at: Date.now(), version: this.version};
            this.isKept = sorb.kept.write(this.user, this.item, this.token, piece);
            this.hasFailed = !this.isKept;
            this.alarm.textContent = this.hasFailed ? this.box.dataset.fails : '';
        }

        button(name) {
            return this.notice.querySelector(`[data-keeping-${name}]`);
        }

        say(words) {
            const place = this.notice.querySelector('[data-keeping-words]');
            this.notice.hidden = false;
            if (place.textContent !== words) {
                place.textContent = words;
            }
        }

        show(buttons) {
            for (const name of ['restore', 'discard', 'back']) {
                this.button(name).hidden = !buttons.includes(name);
            }
            const isOlder = buttons.includes('restore') && this.version !== this.offered.version;
            const changed = this.notice.querySelector('[data-keeping-changed]');
            changed.hidden = !isOlder;
            changed.textContent = isOlder ? this.box.dataset.changed : '';
        }

        // The latest of what was kept and is not what the form holds already
        offer() {
            const now = sorb.stateOf(this.form);
            this.offered = this.offers.find(({state}) => !sorb.sameState(state, now));
            this.isOffering = Boolean(this.offered);
            if (!this.isOffering) {
                this.notice.hidden = true;
                return;
            }
            const age = sorb.age((Date.now() - this.offered.at) / SECOND / 60);
            this.say(this.box.dataset.offer.replace('{age}', age));
            this.show(['restore', 'discard']);
        }

        // The form goes on as the one that was left: the server knows its token and its version, so
        // that it is neither saved twice nor over what others saved since
        be({token, version}) {
            Object.assign(this, {token, version});
            this.form.elements.form_token.value = token;
            if (this.form.elements.version) {
                this.form.elements.version.value = version;
            }
        }

        restore() {
            const {token, version} = this;
            this.keep();
            this.before = {state: sorb.stateOf(this.form), token, version};
            this.be(this.offered);
            sorb.putState(this.form, this.offered.state);
            sorb.files.putBack(this.form, this.user, this.token);
            this.isKept = true;
            this.decided(this.box.dataset.restored);
        }

        discard() {
            this.before = null;
            sorb.kept.remove(this.offered.name);
            this.decided(this.box.dataset.discarded);
        }

        decided(words) {
            this.isOffering = false;
            this.say(words);
            this.show(['back']);
            this.button('back').focus();
        }

        undo() {
            if (this.before) {
                this.be(this.before);
                sorb.putState(this.form, this.before.state);
            }
            sorb.kept.write(this.user, this.item, this.offered.token, this.offered);
            this.offer();
            this.button('restore').focus();
        }
    }

    document.addEventListener('DOMContentLoaded', () => {
        const box = document.querySelector('[data-keeping]');
        const form = box?.closest('form');
        if (form?.elements.form_token) {
            new Keeping(box, form);
        }
    });
}
