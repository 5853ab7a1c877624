package org.surgewire.ingest.feed;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Splits bulletins into releases. A bulletin holds several when it has two or more headings that are links, each followed
 * by its text; else it is one release. Links that lead through GovDelivery's counter are replaced by where they lead.
 */
final class Bulletins {
    private static final Pattern COUNTED =
            Pattern.compile("^https?://links(?:-\\d+)?\\.govdelivery\\.com/CL0/([^/]+)/");
    private static final String HEADINGS = "h1:has(a[href]), h2:has(a[href]), h3:has(a[href]), h4:has(a[href])";

    private Bulletins() {}

    static List<Item> split(XmlFeed.Entry entry, Body body) {
        Element bulletin = Jsoup.parse(entry.html()).body();
        List<Element> headings = bulletin.select(HEADINGS);
        if (headings.size() < 2) {
            return List.of(entry.item());
        }
        List<Item> items = new ArrayList<>();
        for (Element heading : headings) {
            Element link = heading.selectFirst("a[href]");
            String url = link == null ? null : body.resolve(target(link.attr("href")));
            if (url == null) {
                continue;
            }
            String text = following(heading, headings);
            Item whole = entry.item();
            items.add(new Item(
                    url,
                    null,
                    null,
                    null,
                    HtmlText.line(heading.text()),
                    text,
                    whole.published(),
                    whole.updated(),
                    XmlFeed.isPartial(text),
                    false));
        }
        return items;
    }

    /** The text up to the next heading, without a closing link to the page. */
    private static String following(Element heading, List<Element> headings) {
        var section = new Element("div");
        for (Element next = heading.nextElementSibling();
                next != null && !holds(next, headings);
                next = next.nextElementSibling()) {
            section.appendChild(next.clone());
        }
        return HtmlText.of(section);
    }

    private static boolean holds(Element element, List<Element> headings) {
        return headings.stream()
                .anyMatch(
                        heading -> heading.equals(element) || heading.parents().contains(element));
    }

    /** Where a link leads behind the counter. */
    static String target(String link) {
        Matcher counted = COUNTED.matcher(link);
        if (!counted.find()) {
            return link;
        }
        @Nullable String target = URLDecoder.decode(counted.group(1), StandardCharsets.UTF_8);
        return URI.create(target.replace(" ", "%20")).toString();
    }
}
