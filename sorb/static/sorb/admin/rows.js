'use strict';

// Rows inside of a form: added, removed with a way back, numbered in the order in which they stand.
window.sorb = window.sorb || {};
{
    const rowsOf = (list) => Array.from(list.querySelectorAll(':scope > [data-row]'));
    const orderOf = (row) => row.querySelector('input[name$="-order"]');
    const deletionOf = (row) => row.querySelector('input[name$="-DELETE"]');
    const isRemoved = (row) => row.classList.contains('is-removed');

    class Rows {
        constructor(group) {
            this.group = group;
            this.prefix = group.dataset.rows;
            this.list = group.querySelector('[data-rows-list]');
            this.template = group.querySelector('[data-rows-template]');
            this.status = group.querySelector('[data-rows-status]');
            this.total = group.querySelector(`input[name="${this.prefix}-TOTAL_FORMS"]`);
            this.sortByNumber();
            rowsOf(this.list).filter((row) => deletionOf(row)?.checked).forEach((row) => this.remove(row));
            this.list.addEventListener('click', (event) => this.click(event));
            if ('sorted' in group.dataset) {
                sorb.sortable(this.list, (row, isAtEdge) => this.moved(row, isAtEdge));
            }
            const add = group.querySelector('[data-rows-add]');
            if (add) {
                add.addEventListener('click', () => this.focus(this.add()));
            }
            this.number();
        }

        // After a refused save the rows come back in the order of their making
        sortByNumber() {
            const rows = rowsOf(this.list);
            if (rows.length && rows.every(orderOf)) {
                rows.sort((a, b) => orderOf(a).value - orderOf(b).value);
                this.list.append(...rows);
            }
        }

        add() {
            const made = document.createElement('ol');
            made.innerHTML = this.template.innerHTML.replaceAll('__prefix__', this.total.value);
            const row = made.firstElementChild;
            this.list.append(row);
            this.total.value = Number(this.total.value) + 1;
            this.number();
            row.dispatchEvent(new CustomEvent('formset:added', {
                bubbles: true, detail: {formsetName: this.prefix},
            }));
            if (window.DateTimeShortcuts && row.querySelector('.vDateField, .vTimeField')) {
                document.querySelectorAll('.datetimeshortcuts').forEach((tools) => tools.remove());
                window.DateTimeShortcuts.init();
            }
            return row;
        }

        focus(row) {
            row.querySelector('input:not([type=hidden]), select, textarea').focus();
        }

        click(event) {
            const row = event.target.closest('[data-row]');
            if (event.target.closest('[data-row-remove]')) {
                this.remove(row);
                row.querySelector('[data-row-restore]').focus();
                this.say('removed');
            } else if (event.target.closest('[data-row-restore]')) {
                this.restore(row);
                row.querySelector('[data-row-remove]').focus();
                this.say('restored');
            }
        }

        remove(row) {
            deletionOf(row).checked = true;
            row.classList.add('is-removed');
            row.querySelector('[data-row-removed]').hidden = false;
            this.number();
        }

        restore(row) {
            deletionOf(row).checked = false;
            row.classList.remove('is-removed');
            row.querySelector('[data-row-removed]').hidden = true;
            this.number();
        }

        // In this order, those that are not named after them
        arrange(rows) {
            const others = rowsOf(this.list).filter((row) => !rows.includes(row));
            this.list.append(...rows, ...others);
            this.number();
        }

        number() {
            const rows = rowsOf(this.list);
            rows.forEach((row, place) => {
                const order = orderOf(row);
                if (order) {
                    order.value = place;
                }
            });
            const empty = this.group.querySelector('[data-rows-empty]');
            if (empty) {
                empty.hidden = rows.length > 0;
            }
            this.group.dispatchEvent(new CustomEvent('rows:changed', {bubbles: true}));
        }

        moved(row, isAtEdge) {
            this.number();
            const rows = rowsOf(this.list).filter((other) => !isRemoved(other));
            const place = {place: rows.indexOf(row) + 1, all: rows.length};
            this.say(isAtEdge ? 'edge' : 'moved', place);
        }

        say(key, values = {}) {
            this.status.textContent = sorb.words(key, values);
        }
    }

    document.addEventListener('DOMContentLoaded', () => {
        for (const group of document.querySelectorAll('[data-rows]')) {
            if (!group.disabled) {
                group.sorbRows = new Rows(group);
            }
        }
    });
}
