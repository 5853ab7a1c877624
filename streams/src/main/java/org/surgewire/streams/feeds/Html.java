package org.surgewire.streams.feeds;

import java.util.Locale;
import org.surgewire.streams.query.AlertQueries.Evidence;

/** Pieces of HTML made of texts that may hold anything. */
public final class Html {
    private Html() {}

    /** The text as it is, whatever it holds. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A release that an alert rests on: number, title with its link, sentence. */
    public static String evidence(Evidence evidence) {
        String title = escaped(evidence.title().isEmpty() ? evidence.url() : evidence.title());
        String named = XmlDocument.isWebAddress(evidence.url())
                ? "<a href=\"" + escaped(evidence.url()) + "\">" + title + "</a>"
                : title;
        String sentence = evidence.sentence().isEmpty() ? "" : ": “" + escaped(evidence.sentence()) + "”";
        return String.format(Locale.ROOT, "%,d announced arrests: ", evidence.best()) + named + sentence;
    }
}
