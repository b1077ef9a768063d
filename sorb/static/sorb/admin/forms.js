'use strict';

// A form is sent once, however often its button is pressed, and only when the server will take it:
// the network is there and the session has not ended (signin-again.js, where it stands in the page).
{
    document.addEventListener('DOMContentLoaded', () => {
        const form = document.querySelector('#content-main > form');
        if (!form) {
            return;
        }
        const mayLeave = async () => {
            if (form.querySelector('[data-uploading]') &&
                !window.confirm(sorb.words('stillUploading'))) {
                return false;
            }
            return sorb.readyToSend ? sorb.readyToSend(form) : true;
        };
        form.addEventListener('submit', async (event) => {
            if (form.dataset.sent === 'asked') {
                form.dataset.sent = 'yes';
                return;
            }
            event.preventDefault();
            if (form.dataset.sent) {
                return;
            }
            form.dataset.sent = 'asking';
            await new Promise((done) => setTimeout(done)); // it cannot be sent anew within its event
            if (await mayLeave()) {
                form.dataset.sent = 'asked';
                form.requestSubmit(event.submitter);
            } else {
                delete form.dataset.sent;
            }
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
