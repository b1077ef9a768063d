'use strict';

// A form is sent once, however often its button is pressed, and says that it is on its way.
{
    document.addEventListener('DOMContentLoaded', () => {
        const form = document.querySelector('#content-main > form');
        if (!form) {
            return;
        }
        form.addEventListener('submit', (event) => {
            if (form.dataset.sent) {
                event.preventDefault();
                return;
            }
            if (form.querySelector('[data-uploading]') &&
                !window.confirm(sorb.words('stillUploading'))) {
                event.preventDefault();
                return;
            }
            form.dataset.sent = 'yes';
        });
        window.addEventListener('pageshow', () => {
            delete form.dataset.sent;
        });
    });

    // Django's fields to choose by typing lose the name of their label
    const nameChoices = (place) => {
        for (const select of place.querySelectorAll('select.admin-autocomplete')) {
            const label = document.querySelector(`label[for="${select.id}"]`);
            const shown = select.parentElement.querySelector('.select2-selection');
            if (label && shown) {
                label.id = `${select.id}_label`;
                const chosen = shown.getAttribute('aria-labelledby') || '';
                shown.setAttribute('aria-labelledby', `${label.id} ${chosen}`.trim());
                for (const part of shown.querySelectorAll('[role=textbox], [role=searchbox]')) {
                    part.setAttribute('aria-labelledby', label.id);
                }
            }
        }
    };
    if (window.django?.jQuery) {
        window.django.jQuery(() => nameChoices(document)); // after Django has made them
    }
    document.addEventListener('formset:added', (event) => {
        setTimeout(() => nameChoices(event.target));
    });
}
