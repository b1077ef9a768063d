from django.contrib.syndication.views import Feed


class ArticleAtom(Feed):
    pass


class ArticleRss(ArticleAtom):
    pass
