package org.surgewire.ingest.feed;

import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.source.Source.Article;

/**
 * A release's own page.
 *
 * @param title null to keep the entry's
 * @param text plain text, a line a paragraph
 * @param published null where the page gives no date
 */
public record ArticlePage(@Nullable String title, String text, @Nullable Dated published) {
    /**
     * Reads a page.
     *
     * @throws FeedException BOT_WALL, ERROR_PAGE or NO_TEXT
     */
    public static ArticlePage read(Body body, Article selectors, ZoneId zone) throws FeedException {
        Document page = PageGuard.html(body.text());
        String dateSelector = selectors.date();
        Element date = dateSelector == null ? null : page.selectFirst(dateSelector);
        Dated published = date == null ? null : Dates.in(date, zone);
        String titleSelector = selectors.title();
        Element title = titleSelector == null ? null : page.selectFirst(titleSelector);
        String titled = title == null ? "" : HtmlText.line(title.text());
        selectors.remove().forEach(selector -> page.select(selector).remove());
        List<Element> texts = page.select(selectors.text());
        // A selector may match a box and one inside it: the outer one holds both.
        String text = texts.stream()
                .filter(each -> texts.stream().noneMatch(other -> each.parents().contains(other)))
                .map(HtmlText::of)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("\n"));
        if (text.isEmpty()) {
            throw new FeedException(
                    "NO_TEXT", "nothing on the page matches " + selectors.text() + "; correct article.text");
        }
        return new ArticlePage(titled.isEmpty() ? null : titled, HtmlText.without(titled, text), published);
    }
}
