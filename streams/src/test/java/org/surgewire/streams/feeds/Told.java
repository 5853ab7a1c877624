package org.surgewire.streams.feeds;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.surgewire.schemas.Alert;
import org.surgewire.schemas.AlertEvidence;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.streams.query.AlertQueries;
import org.surgewire.streams.query.AlertQueries.KnownItem;

/** Made-up alerts. */
public final class Told {
    public static final String MECKLENBURG = "ocd-division/country:us/state:nc/county:mecklenburg";
    public static final String HOSTILE =
            "]]><script>alert('x')</script>\u0000\u0008\r\nBcc: a@b & \"q\" \uD83D\uDE00 \uD800";

    private Told() {}

    public static Alert.Builder alert(int version, String status) {
        return Alert.newBuilder()
                .setAlertId("surge/2020-09-28/" + MECKLENBURG)
                .setVersion(version)
                .setSupersedes(version == 1 ? null : version - 1)
                .setStatus(status)
                .setKind("SURGE")
                .setJurisdictionId(MECKLENBURG)
                .setJurisdictionName("Mecklenburg County, NC")
                .setDetector("releaseSurge")
                .setFirstDay(LocalDate.of(2020, 9, 28))
                .setLastDay(LocalDate.of(2020, 9, 28))
                .setObserved(12)
                .setPeak(12)
                .setExpected(0.04)
                .setBound(3)
                .setScore(5)
                .setSeverity("MINOR")
                .setReason("12 announced arrests in Mecklenburg County, NC on 28 September 2020.")
                .setClosedDay(status.equals("CLOSED") ? LocalDate.of(2020, 10, 6) : null)
                .setEvidence(List.of(AlertEvidence.newBuilder()
                        .setCaseId("case")
                        .setOperationId("round-up")
                        .setReleaseId("release")
                        .setUrl("https://agency.example/release?a=1&b=2")
                        .setTitle("Agency arrests 12")
                        .setArrests(12)
                        .setSentence("12 were arrested")
                        .build()));
    }

    /** With markup and control characters wherever a publisher could put them. */
    public static Alert hostile() {
        return alert(1, "OPENED")
                .setReason(HOSTILE)
                .setEvidence(List.of(
                        AlertEvidence.newBuilder(
                                        alert(1, "OPENED").getEvidence().get(0))
                                .setUrl("javascript:alert(1)")
                                .setTitle(HOSTILE)
                                .setSentence(HOSTILE)
                                .build(),
                        AlertEvidence.newBuilder(
                                        alert(1, "OPENED").getEvidence().get(0))
                                .setUrl("https://agency.example/\"><b>")
                                .setTitle(HOSTILE)
                                .setSentence(HOSTILE)
                                .build()))
                .build();
    }

    static KnownItem known(Alert alert) {
        return new KnownItem(
                Instant.parse("2020-09-28T16:00:00Z").plusSeconds(alert.getVersion()),
                AlertQueries.item(Jurisdictions.bundled(), alert));
    }
}
