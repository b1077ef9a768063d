"""How much of somebody else's calendar is taken."""

MOST_BYTES = 1_000_000
MOST_LINES = 100_000
MOST_DEPTH = 4  # a calendar, an event, an alarm, and one to spare
MOST_EVENTS = 1000  # dates of repeated events counted each
MOST_DATES = 366  # of one repeated event
MOST_YEARS = 10  # that one may reach from its first date
MOST_TEXT = 20_000  # characters
FIRST_YEAR, LAST_YEAR = 1990, 2099

MOST_SECONDS = 5  # of the clock, for reading and for fetching each
MOST_SECONDS_AT_ONCE = 1.5  # of the clock, for which an answer may carry out entries
MOST_AT_ONCE = 50  # entries carried out before an answer
MOST_WORK = 1.75  # seconds of the processor
MOST_WORK_FOR_A_RULE = 0.25  # seconds of the processor, of one that may never be true
MOST_WORK_FOR_RULES = 0.5  # of all rules of a file together
MOST_MEMORY = 1024 * 1024 * 1024  # bytes of addresses, not of memory in use
MOST_REDIRECTS = 3
