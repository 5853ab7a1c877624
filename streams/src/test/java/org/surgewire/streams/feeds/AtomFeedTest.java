package org.surgewire.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.feeds.Told.alert;
import static org.surgewire.streams.feeds.Told.hostile;
import static org.surgewire.streams.feeds.Told.known;

import java.io.StringReader;
import java.net.URI;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.surgewire.streams.query.AlertQueries.KnownItem;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class AtomFeedTest {
    private static final String ATOM = "http://www.w3.org/2005/Atom";

    private static Document feed(KnownItem... alerts) throws Exception {
        String text = AtomFeed.of("/v1/alerts.atom?severity=minor&x=\"<", List.of(alerts));
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static Element entry(Document feed, int index) {
        return (Element) feed.getElementsByTagNameNS(ATOM, "entry").item(index);
    }

    private static String value(Element in, String element) {
        return in.getElementsByTagNameNS(ATOM, element).item(0).getTextContent();
    }

    @Test
    void anEntryHasTheSentenceTheEvidenceAndLinks() throws Exception {
        Document feed = feed(known(alert(2, "UPDATED").build()));
        Element entry = entry(feed, 0);

        assertThat(value(feed.getDocumentElement(), "updated")).isEqualTo("2020-09-28T16:00:02Z");
        assertThat(value(entry, "updated")).isEqualTo("2020-09-28T16:00:02Z");
        assertThat(value(entry, "title")).startsWith("12 announced arrests in Mecklenburg County, NC");
        assertThat(value(entry, "content"))
                .contains("<a href=\"https://agency.example/release?a=1&amp;b=2\">Agency arrests 12</a>")
                .contains("12 were arrested");
        var links = entry.getElementsByTagNameNS(ATOM, "link");
        assertThat(((Element) links.item(0)).getAttribute("href"))
                .isEqualTo("/v1/alerts/surge/2020-09-28/" + Told.MECKLENBURG);
        assertThat(((Element) links.item(1)).getAttribute("type")).isEqualTo("application/cap+xml");
    }

    @Test
    void anEntryKeepsItsIdAndAnotherAlertHasAnother() throws Exception {
        String first = value(entry(feed(known(alert(1, "OPENED").build())), 0), "id");
        String later = value(entry(feed(known(alert(2, "CLOSED").build())), 0), "id");
        String other =
                value(entry(feed(known(alert(1, "OPENED").setAlertId("other").build())), 0), "id");

        assertThat(later).isEqualTo(first).startsWith("urn:uuid:");
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void theTitleSaysWhenAnAlertDoesNotStandAnyMore() throws Exception {
        assertThat(value(entry(feed(known(alert(2, "CLOSED").build())), 0), "title"))
                .startsWith("Closed: 12");
        assertThat(value(entry(feed(known(alert(2, "CANCELLED").build())), 0), "title"))
                .startsWith("Cancelled: 12");
    }

    @Test
    void aFeedWithoutAlertsIsAFeed() throws Exception {
        Element feed = feed().getDocumentElement();

        assertThat(feed.getLocalName()).isEqualTo("feed");
        assertThat(value(feed, "id")).startsWith("urn:uuid:");
        assertThat(value(feed, "updated")).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Test
    void whateverAPublisherWritesStaysText() throws Exception {
        Document feed = feed(known(hostile()));

        assertThat(feed.getElementsByTagNameNS("*", "script").getLength()).isZero();
        assertThat(value(entry(feed, 0), "title")).contains("<script>alert('x')</script>");
        assertThat(value(entry(feed, 0), "content"))
                .contains("&lt;script&gt;")
                .doesNotContain("<script>", "javascript:alert(1)\"", "<b>");
    }

    @Test
    void anIdWithAnythingInItIsAPath() {
        assertThat(URI.create(AtomFeed.path("a b/ü?#%2F<\"")).getPath()).isEqualTo("/v1/alerts/a b/ü?#%2F<\"");
    }
}
