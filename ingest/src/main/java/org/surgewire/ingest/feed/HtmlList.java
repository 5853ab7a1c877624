package org.surgewire.ingest.feed;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.surgewire.ingest.source.Source.ListPage;

/** A page that lists links to releases. */
final class HtmlList {
    private HtmlList() {}

    static Page read(Body body, ListPage selectors, ZoneId zone, List<Problem> problems) throws FeedException {
        Document page = PageGuard.html(body.text());
        page.outputSettings().prettyPrint(false);
        var taken = new Taken(body.text());
        Map<String, Item> items = new LinkedHashMap<>();
        for (Element entry : page.select(selectors.entry())) {
            Element link = entry.selectFirst(selectors.link());
            String url = link == null ? null : body.resolve(link.attr("href"));
            if (link == null || url == null) {
                problems.add(new Problem("NO_LINK", "an entry of the list has no link", taken.add(entry.outerHtml())));
                continue;
            }
            Element title = selected(entry, selectors.title());
            Element date = selected(entry, selectors.date());
            Element teaser = selected(entry, selectors.teaser());
            items.putIfAbsent(
                    url,
                    new Item(
                            url,
                            null,
                            null,
                            null,
                            HtmlText.line(taken.add((title == null ? link : title).text())),
                            teaser == null ? "" : taken.add(HtmlText.of(teaser)),
                            date == null ? null : Dates.in(date, zone),
                            null,
                            true,
                            false));
        }
        if (items.isEmpty()) {
            throw new FeedException(
                    "NO_ENTRIES",
                    "nothing on the page matches " + selectors.entry() + " with " + selectors.link()
                            + ": the layout has changed; correct the selectors");
        }
        Element next = selected(page, selectors.next());
        return new Page(
                new ArrayList<>(items.values()),
                problems,
                next == null ? null : body.resolve(next.attr("href")),
                null,
                null,
                -1);
    }

    private static @Nullable Element selected(Element in, @Nullable String selector) {
        return selector == null ? null : in.selectFirst(selector);
    }
}
