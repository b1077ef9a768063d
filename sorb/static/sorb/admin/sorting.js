'use strict';

// Rows put into another order: by dragging their handle, or by the buttons back and forth.
window.sorb = window.sorb || {};
{
    const rowsOf = (list) => Array.from(list.querySelectorAll(':scope > [data-row]'));

    const isBefore = (row, event, isGrid) => {
        const box = row.getBoundingClientRect();
        return isGrid ?
            event.clientX < box.left + box.width / 2 :
            event.clientY < box.top + box.height / 2;
    };

    const step = (list, button, changed) => {
        const row = button.closest('[data-row]');
        const isBack = button.matches('[data-row-back]');
        const neighbour = isBack ? row.previousElementSibling : row.nextElementSibling;
        if (!neighbour || !neighbour.matches('[data-row]')) {
            changed(row, true);
            return;
        }
        if (isBack) {
            neighbour.before(row);
        } else {
            neighbour.after(row);
        }
        button.focus();
        changed(row, false);
    };

    // changed(row, isAtEdge) is called after every move, and when there is nowhere to move
    sorb.sortable = (list, changed) => {
        const isGrid = list.classList.contains('gallery');
        let dragged = null;
        list.addEventListener('click', (event) => {
            const button = event.target.closest('[data-row-back], [data-row-forth]');
            if (button) {
                step(list, button, changed);
            }
        });
        // Only the handle drags: words in the fields of a row can still be selected
        list.addEventListener('pointerdown', (event) => {
            const row = event.target.closest('[data-row]');
            if (row) {
                row.draggable = Boolean(event.target.closest('[data-row-handle]'));
            }
        });
        list.addEventListener('dragstart', (event) => {
            dragged = event.target.closest('[data-row]');
            event.dataTransfer.effectAllowed = 'move';
            event.dataTransfer.setData('text/plain', '');
            dragged.classList.add('is-dragged');
        });
        list.addEventListener('dragover', (event) => {
            const row = event.target.closest('[data-row]');
            if (!dragged || !row) {
                return;
            }
            event.preventDefault();
            if (row !== dragged && rowsOf(list).includes(row)) {
                row[isBefore(row, event, isGrid) ? 'before' : 'after'](dragged);
            }
        });
        list.addEventListener('drop', (event) => {
            if (dragged) {
                event.preventDefault();
            }
        });
        list.addEventListener('dragend', () => {
            if (dragged) {
                dragged.classList.remove('is-dragged');
                dragged.draggable = false;
                changed(dragged, false);
                dragged = null;
            }
        });
    };
}
