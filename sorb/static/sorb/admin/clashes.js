'use strict';

// Asks, while an event is typed, what it meets at its time, and says it beside the times.
{
    const PAUSE = 500; // milliseconds after the last change
    const FIELDS = [
        'start_day', 'start_time', 'end_day', 'end_time', 'is_all_day', 'has_open_end',
        'is_deadline', 'attendance', 'state', 'venue', 'hall_bg',
    ];

    class Clashes {
        constructor(form, box) {
            this.form = form;
            this.box = box;
            this.said = '';
            form.elements.start_day.closest('fieldset').append(box);
            const later = () => {
                clearTimeout(this.timer);
                this.timer = setTimeout(() => this.ask(), PAUSE);
            };
            for (const kind of ['change', 'formset:added', 'formset:removed']) {
                form.addEventListener(kind, later);
            }
            // Django's lists of choices tell only jQuery what was chosen, and its clock nobody
            window.django?.jQuery(form).on('change', later);
            form.addEventListener('focusout', later);
            this.ask();
        }

        question() {
            const asked = new URLSearchParams();
            const {pk} = this.box.dataset;
            if (pk) {
                asked.set('pk', pk);
            }
            for (const name of FIELDS) {
                const field = this.form.elements[name];
                const value = field?.type === 'checkbox' ? field.checked && 'on' : field?.value;
                if (value) {
                    asked.set(name, value);
                }
            }
            for (const field of this.form.querySelectorAll('select[name^="appearances-"][name$="-speaker"]')) {
                const beside = (name) => this.form.elements[field.name.replace(/speaker$/, name)];
                if (field.value && !beside('DELETE')?.checked) {
                    const item = beside('item')?.value;
                    asked.append('speakers', item ? `${field.value}:${item}` : field.value);
                }
            }
            return asked.toString();
        }

        async ask() {
            const question = this.question();
            if (question === this.asked || !this.form.elements.start_day.value) {
                return;
            }
            this.asked = question;
            try {
                const answer = await fetch(`${this.box.dataset.address}?${question}`, {redirect: 'manual'});
                if (answer.ok && question === this.asked) {
                    this.show(await answer.json());
                }
            } catch {
                this.asked = ''; // without a network nothing is known: the next change asks again
            }
        }

        // Told to a screen reader only when something else is to be said
        show(answer) {
            const said = JSON.stringify(answer);
            if (said === this.said) {
                return;
            }
            this.said = said;
            const heading = document.createElement('p');
            heading.className = 'clashes-heading';
            heading.textContent = answer.heading;
            const list = document.createElement('ul');
            list.append(...answer.clashes.map((clash) => this.line(clash)));
            this.box.replaceChildren(...(answer.clashes.length ? [heading, list] : []));
            this.box.classList.toggle('is-empty', !answer.clashes.length);
        }

        line({words, about, address}) {
            const line = document.createElement('li');
            line.append(words);
            if (address) {
                const link = document.createElement('a');
                Object.assign(link, {href: address, target: '_blank', rel: 'noopener', textContent: about});
                line.append(' ', link);
            } else if (about) {
                line.append(` ${about}`);
            }
            return line;
        }
    }

    document.addEventListener('DOMContentLoaded', () => {
        const box = document.querySelector('[data-clashes]');
        const form = box?.closest('form');
        if (form?.elements.start_day) {
            new Clashes(form, box);
        }
    });
}
