package org.surgewire.streams.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.surgewire.streams.feeds.Told.alert;
import static org.surgewire.streams.feeds.Told.hostile;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.query.AlertQueries.KnownItem;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class CapMessageTest {
    private static final Schema STANDARD = standard();

    private static Schema standard() {
        try {
            return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                    .newSchema(CapMessageTest.class.getResource("CAP-v1.2.xsd"));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The message that tells of the last of these versions, checked against the standard's schema. */
    private static Document told(Alert... versions) throws Exception {
        List<KnownItem> known =
                new ArrayList<>(Arrays.stream(versions).map(Told::known).toList());
        Collections.reverse(known);
        String message = CapMessage.of(Jurisdictions.bundled(), "surgewire@page.example", known);
        STANDARD.newValidator().validate(new StreamSource(new StringReader(message)));
        var factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(message)));
    }

    private static String value(Document document, String element) {
        var found = document.getElementsByTagName(element);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    @Test
    void anOpenedAlertIsAnAlert() throws Exception {
        Document message = told(alert(1, "OPENED").build());

        assertThat(value(message, "msgType")).isEqualTo("Alert");
        assertThat(value(message, "sent")).isEqualTo("2020-09-28T16:00:01-00:00");
        assertThat(value(message, "references")).isEmpty();
        assertThat(value(message, "identifier")).doesNotContainAnyWhitespaces().doesNotContain(",", "<", "&");
        assertThat(value(message, "severity")).isEqualTo("Minor");
        assertThat(value(message, "urgency")).isEqualTo("Past");
        assertThat(value(message, "certainty")).isEqualTo("Observed");
        assertThat(value(message, "expires")).isEmpty();
        assertThat(value(message, "headline")).startsWith("12 announced arrests");
        assertThat(value(message, "web")).isEqualTo("https://agency.example/release?a=1&b=2");
        assertThat(value(message, "areaDesc")).isEqualTo("Mecklenburg County, NC");
        assertThat(message.getElementsByTagName("geocode").item(1).getTextContent())
                .isEqualTo("SAME037119");
    }

    @Test
    void aLaterVersionIsAnUpdateThatRefersToAllBefore() throws Exception {
        Document second = told(alert(1, "OPENED").build(), alert(2, "UPDATED").build());
        Document third = told(
                alert(1, "OPENED").build(),
                alert(2, "UPDATED").build(),
                alert(3, "CLOSED").build());

        assertThat(value(second, "msgType")).isEqualTo("Update");
        assertThat(value(third, "msgType")).isEqualTo("Update");
        assertThat(value(third, "references").split(" ", -1))
                .containsExactly(reference(told(alert(1, "OPENED").build())), reference(second));
        assertThat(value(third, "expires")).isEqualTo(value(third, "sent"));
    }

    @Test
    void anAlertThatIsTakenBackIsACancelThatRefersToWhatItCancels() throws Exception {
        Document message =
                told(alert(1, "OPENED").build(), alert(2, "CANCELLED").build());

        assertThat(value(message, "msgType")).isEqualTo("Cancel");
        assertThat(value(message, "references"))
                .isEqualTo(reference(told(alert(1, "OPENED").build())));
        assertThat(value(message, "description")).startsWith("Taken back");
    }

    @Test
    void anAlertThatOpensAgainIsAnAlertOfItsOwn() throws Exception {
        Document message = told(
                alert(1, "OPENED").build(),
                alert(2, "CANCELLED").build(),
                alert(3, "OPENED").build());

        assertThat(value(message, "msgType")).isEqualTo("Alert");
        assertThat(value(message, "references")).isEmpty();
    }

    @Test
    void aPlannedOperationLiesInTheFutureAndIsOnlyLikely() throws Exception {
        Document message = told(alert(1, "OPENED").setKind("OPERATION_PLANNED").build());

        assertThat(value(message, "urgency")).isEqualTo("Future");
        assertThat(value(message, "certainty")).isEqualTo("Likely");
    }

    @Test
    void aWholeStateAndTheCountryHaveCodesAndAPlaceHasNone() throws Exception {
        assertThat(codes("ocd-division/country:us/state:nc")).isEqualTo("SAME037000");
        assertThat(codes(Jurisdictions.COUNTRY)).isEqualTo("SAME000000");
        assertThat(codes("ocd-division/country:us/state:nc/place:charlotte")).isEmpty();
        assertThat(codes("nowhere")).isEmpty();
    }

    private static String codes(String jurisdiction) throws Exception {
        var found =
                told(alert(1, "OPENED").setJurisdictionId(jurisdiction).build()).getElementsByTagName("geocode");
        return found.getLength() < 2 ? "" : found.item(1).getTextContent();
    }

    @Test
    void whateverAPublisherWritesStaysText() throws Exception {
        Document message = told(hostile());

        assertThat(message.getElementsByTagName("script").getLength()).isZero();
        assertThat(value(message, "description")).contains("<script>alert('x')</script>");
        assertThat(value(message, "headline")).doesNotContain("\u0000");
        assertThat(value(message, "web")).isEmpty();
        assertThat(message.getElementsByTagName("resource").getLength()).isZero();
    }

    @Test
    void aLongReasonIsCutInTheHeadlineAndWholeInTheDescription() throws Exception {
        String reason = "\uD83D\uDE00".repeat(200);
        Document message = told(alert(1, "OPENED").setReason(reason).build());

        assertThat(value(message, "headline")
                        .codePointCount(0, value(message, "headline").length()))
                .isEqualTo(160);
        assertThat(value(message, "description")).contains(reason);
    }

    private static String reference(Document message) {
        return value(message, "sender") + "," + value(message, "identifier") + "," + value(message, "sent");
    }
}
