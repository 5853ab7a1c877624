package org.surgewire.streams.deliveries;

import java.util.List;
import java.util.Locale;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.feeds.Html;
import org.surgewire.streams.query.AlertQueries;
import org.surgewire.streams.query.AlertQueries.Evidence;
import org.surgewire.streams.query.AlertQueries.Item;

/** The words of a mail, plain and as HTML. Texts of others may hold anything. */
final class MailText {
    private static final int LONGEST_SUBJECT = 160;
    private static final String NOTE =
            "Announcements are not convictions, an arrest is not guilt, and silence is not zero.";

    private final List<Item> alerts;
    private final boolean isDigest;

    MailText(Jurisdictions jurisdictions, Message message) {
        alerts = message.alerts().stream()
                .map(each -> AlertQueries.item(jurisdictions, each.alert()))
                .toList();
        isDigest = message.isDigest();
    }

    /** One line without control characters. */
    String subject() {
        String subject = isDigest && alerts.size() > 1
                ? alerts.size() + " alerts of announced arrests"
                : heading(alerts.get(0)) + alerts.get(0).reason();
        String line = subject.replaceAll("\\p{C}+|\\s+", " ").strip();
        return line.codePointCount(0, line.length()) > LONGEST_SUBJECT
                ? line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…"
                : line;
    }

    private static String heading(Item alert) {
        return switch (alert.status()) {
            case "OPENED" -> alert.severity() + ": ";
            default ->
                alert.status().charAt(0) + alert.status().substring(1).toLowerCase(Locale.ROOT) + " ("
                        + alert.severity() + "): ";
        };
    }

    String plain(String unsubscribe) {
        var text = new StringBuilder();
        for (Item alert : alerts) {
            text.append(clean(heading(alert) + alert.reason())).append("\n");
            for (Evidence evidence : alert.evidence()) {
                text.append(String.format(
                        Locale.ROOT, "\n- %,d announced arrests: %s\n", evidence.best(), clean(evidence.title())));
                if (!evidence.sentence().isEmpty()) {
                    text.append("  “").append(clean(evidence.sentence())).append("”\n");
                }
                text.append("  ").append(clean(evidence.url())).append("\n");
            }
            text.append("\n");
        }
        return text.append(NOTE)
                .append("\nTo be left out: ")
                .append(unsubscribe)
                .append("\n")
                .toString();
    }

    String html(String unsubscribe) {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><body>");
        for (Item alert : alerts) {
            html.append("<p><strong>")
                    .append(Html.escaped(heading(alert)))
                    .append("</strong>")
                    .append(Html.escaped(clean(alert.reason())))
                    .append("</p><ul>");
            for (Evidence evidence : alert.evidence()) {
                html.append("<li>").append(clean(Html.evidence(evidence))).append("</li>");
            }
            html.append("</ul>");
        }
        return html.append("<p>")
                .append(NOTE)
                .append(" <a href=\"")
                .append(Html.escaped(unsubscribe))
                .append("\">To be left out</a></p></body></html>\n")
                .toString();
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{C}+", " ");
    }
}
