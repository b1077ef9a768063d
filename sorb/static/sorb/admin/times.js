'use strict';

// An event's times: what does not apply (a clock for a whole day, an unknown end) is put away.
{
    document.addEventListener('DOMContentLoaded', () => {
        const find = (name) => document.getElementById(`id_${name}`);
        const isAllDay = find('is_all_day');
        const isOpen = find('has_open_end');
        if (!isAllDay || !isOpen) {
            return;
        }
        const put = (name, isAway) => {
            document.querySelector(`.field-${name}`).classList.toggle('is-away', isAway);
        };
        const arrange = () => {
            put('start_time', isAllDay.checked);
            put('end_time', isAllDay.checked || isOpen.checked);
            put('end_day', isOpen.checked);
        };
        isAllDay.addEventListener('change', arrange);
        isOpen.addEventListener('change', arrange);
        arrange();

        // A new item of the programme is on the first day until something else is said
        document.addEventListener('formset:added', (event) => {
            const day = event.target.querySelector('input[name^="programme-"][name$="-day"]');
            if (day) {
                day.value = find('start_day').value;
            }
        });
    });
}
