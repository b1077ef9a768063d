from django.contrib.syndication.views import Feed


class EventAtom(Feed):
    pass


class EventRss(EventAtom):
    pass
