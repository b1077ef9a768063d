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
            document.querySelector(`.field-${name}`)?.classList.toggle('is-away', isAway);
        };
        // A deadline has neither an end nor a place, nobody speaks and nothing is held
        const isDeadline = find('is_deadline');
        const fields = ['has_open_end', 'attendance', 'registration_closes_at', 'languages'];
        const parts = [
            document.querySelector('.field-venue')?.closest('fieldset'),
            ...['appearances', 'programme'].map((rows) => document.getElementById(`${rows}-group`)),
        ];
        const arrange = () => {
            const hasEnd = !isDeadline?.checked;
            put('start_time', isAllDay.checked);
            put('end_time', isAllDay.checked || isOpen.checked || !hasEnd);
            put('end_day', isOpen.checked || !hasEnd);
            if (isDeadline) {
                fields.forEach((name) => put(name, !hasEnd));
                parts.forEach((part) => part?.toggleAttribute('hidden', !hasEnd));
            }
        };
        isDeadline?.addEventListener('change', arrange);
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
