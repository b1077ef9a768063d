'use strict';

// Says three times a minute that the form is open, and shows who else has it open and whether it was
// saved meanwhile.
{
    const PERIOD = 20_000; // milliseconds

    // By a function: "$" has a meaning in a string that replaces
    const named = (words, name) => words.replace('{name}', () => name);

    class Presence {
        constructor(box) {
            this.box = box;
            this.form = box.closest('form');
            this.form.before(box);
            this.said = box.querySelector('[data-presence-said]');
            this.known = '';
            window.addEventListener('pagehide', () => this.send(true).catch(() => null));
            window.addEventListener('pageshow', ({persisted}) => persisted && this.tell());
            setInterval(() => this.tell(), PERIOD);
            this.tell();
        }

        send(isLeaving) {
            const {address, appLabel, model, pk, token} = this.box.dataset;
            return fetch(address, {
                method: 'POST',
                redirect: 'manual', // to the page for signing in: nothing to show then
                keepalive: isLeaving,
                headers: {
                    'Content-Type': 'application/json',
                    'X-CSRFToken': this.form.elements.csrfmiddlewaretoken.value,
                },
                body: JSON.stringify({
                    app_label: appLabel, model, pk, token, is_leaving: isLeaving,
                }),
            });
        }

        async tell() {
            try {
                const answer = await this.send(false);
                if (answer.ok) {
                    this.show(await answer.json());
                }
            } catch {
                // without a network nobody can be seen; the next question comes in a moment
            }
        }

        words({name, minutes}) {
            const {also, just} = this.box.dataset;
            return named(minutes ? also.replace('{age}', sorb.age(minutes)) : just, name);
        }

        show({others, version, saved_by: name, is_own: isOwn}) {
            const {version: own, saved, savedByYou} = this.box.dataset;
            const isOlder = version !== own;
            const list = others.map((other) => {
                const line = document.createElement('li');
                line.textContent = this.words(other);
                return line;
            });
            this.box.querySelector('[data-presence-others]').replaceChildren(...list);
            const line = this.box.querySelector('[data-presence-saved]');
            line.hidden = !isOlder;
            line.textContent = isOlder ? (isOwn ? savedByYou : named(saved, name)) : '';
            this.box.classList.toggle('is-empty', !others.length && !isOlder);
            this.announce(others, line.textContent);
        }

        // Read out when something has changed, not every minute
        announce(others, saved) {
            const known = JSON.stringify([others.map(({name}) => name), saved]);
            if (known !== this.known) {
                this.said.textContent = [...others.map((other) => this.words(other)), saved].join(' ');
            }
            this.known = known;
        }
    }

    document.addEventListener('DOMContentLoaded', () => {
        const box = document.querySelector('[data-presence]');
        if (box?.closest('form')) {
            new Presence(box);
        }
    });
}
