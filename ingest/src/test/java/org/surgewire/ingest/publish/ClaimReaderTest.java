package org.surgewire.ingest.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.surgewire.ingest.extract.Extractor;
import org.surgewire.schemas.ArrestAnnouncement;
import org.surgewire.schemas.Claim;
import org.surgewire.schemas.PressRelease;
import org.surgewire.schemas.jurisdictions.Jurisdictions;
import org.surgewire.schemas.serde.Registry;
import org.surgewire.schemas.topics.Topics;

class ClaimReaderTest {
    private static final String US = "ocd-division/country:us";
    private static final String NC = US + "/state:nc";
    private static final ClaimReader READER = new ClaimReader(Extractor.bundled(), Jurisdictions.bundled());

    /** As in every process: with its serdes comes the leave for Avro to make our records. */
    @BeforeAll
    static void makeSerdes() {
        assertThat(Topics.on(Registry.autoRegistering("mock://claim-reader-test"), 1)
                        .all())
                .isNotEmpty();
    }

    private static ArrestAnnouncement read(String title, String text, boolean withdrawn) {
        return READER.read(release(title, text, withdrawn));
    }

    private static PressRelease release(String title, String text, boolean withdrawn) {
        return PressRelease.newBuilder()
                .setReleaseId("r1")
                .setSourceId("s")
                .setPublisher("U.S. Immigration and Customs Enforcement")
                .setUrl("https://a.example/1")
                .setTitle(title)
                .setText(text)
                .setPublished(Instant.parse("2020-09-28T16:00:00Z"))
                .setPublishedDay(LocalDate.of(2020, 9, 28))
                .setPublishedPrecision("DAY")
                .setFirstSeen(Instant.parse("2020-09-28T17:00:00Z"))
                .setRevision(2)
                .setContentHash("hash")
                .setWithdrawn(withdrawn)
                .build();
    }

    private static ArrestAnnouncement read(String title, String text) {
        return read(title, text, false);
    }

    private static Claim total(ArrestAnnouncement announcement) {
        return announcement.getClaims().stream()
                .filter(claim -> claim.getRole().equals("TOTAL"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(announcement.toString()));
    }

    private static Claim at(ArrestAnnouncement announcement, String jurisdictionId) {
        return announcement.getClaims().stream()
                .filter(claim -> claim.getRole().equals("PART")
                        && claim.getJurisdictionId().equals(jurisdictionId))
                .findFirst()
                .orElseThrow(() -> new AssertionError(announcement.toString()));
    }

    @Test
    void aTextOnWhichTheRulesFailIsKeptWithoutClaimsAndFlagged() {
        var failing = new ClaimReader(
                announcement -> {
                    throw new StackOverflowError();
                },
                Jurisdictions.bundled());
        ArrestAnnouncement announcement =
                failing.read(release("ICE arrests 12", "Officers arrested 12 people.", false));

        assertThat(announcement.getClaims()).isEmpty();
        assertThat(announcement.getFlags()).containsExactly("unreadable");
    }

    @Test
    void theTotalOfOnePlaceIsThatPlacesAndSaysWhichSentenceItRestsOn() {
        ArrestAnnouncement announcement = read(
                "ICE arrests 12 in Mecklenburg County",
                "CHARLOTTE, N.C. – Officers arrested 12 people in Mecklenburg County, North Carolina, from September 21 to"
                        + " September 25.");
        Claim total = total(announcement);
        assertThat(total.getJurisdictionId()).isEqualTo(NC + "/county:mecklenburg");
        assertThat(total.getLow()).isEqualTo(12);
        assertThat(total.getBest()).isEqualTo(12);
        assertThat(total.getHigh()).isEqualTo(12);
        assertThat(total.getUnit()).isEqualTo("persons");
        assertThat(total.getKind()).isEqualTo("PERIOD");
        assertThat(total.getEvidence()).isNotNull();
        assertThat(total.getEvidence().getSentence()).contains("12");
        assertThat(announcement.getClaims())
                .as("the place is the total, not a part of it")
                .noneMatch(claim -> claim.getRole().equals("PART"));
        assertThat(announcement.getPeriod()).isNotNull();
        assertThat(announcement.getPeriod().getStart()).isEqualTo(LocalDate.of(2020, 9, 21));
        assertThat(announcement.getRevision()).isEqualTo(2);
        assertThat(announcement.getContentHash()).isEqualTo("hash");
    }

    @Test
    void theTotalOfSeveralPlacesIsTheirSmallestCommonJurisdictionsAndTheyArePartsOfIt() {
        ArrestAnnouncement announcement = read(
                "ICE arrests 26 in Colorado and Wyoming",
                "DENVER – Officers arrested 26 people in two states: 21 people in Colorado and 5 people in Wyoming.");
        Claim total = total(announcement);
        assertThat(total.getJurisdictionId()).isEqualTo(US);
        assertThat(total.getBest()).isEqualTo(26);
        Claim colorado = at(announcement, US + "/state:co");
        assertThat(colorado.getBest()).isEqualTo(21);
        assertThat(colorado.getPartOf()).isEqualTo(total.getClaimId());
        assertThat(at(announcement, US + "/state:wy").getBest()).isEqualTo(5);
    }

    @Test
    void aHedgedTotalHasItsBounds() {
        Claim total = total(
                read(
                        "More than 125 arrested in California",
                        "LOS ANGELES – Officers arrested more than 125 people in California between September 28 and October 2."));
        assertThat(total.getQualifier()).isEqualTo("AT_LEAST");
        assertThat(total.getLow()).isEqualTo(125);
        assertThat(total.getJurisdictionId()).isEqualTo(US + "/state:ca");
    }

    @Test
    void aPlannedOperationClaimsNoArrests() {
        ArrestAnnouncement announcement = read(
                "ICE plans operation in Denver",
                "WASHINGTON – ICE plans to launch an operation in Denver next week, two officials said. No arrests have been"
                        + " made.");
        assertThat(announcement.getKind()).isEqualTo("OPERATION_PLANNED");
        assertThat(announcement.getClaims())
                .noneMatch(claim -> claim.getRole().equals("TOTAL"))
                .allMatch(claim -> claim.getBest() == null);
    }

    @Test
    void aWithdrawnReleaseClaimsNothingWhateverItsTextSays() {
        ArrestAnnouncement announcement = read(
                "ICE arrests 12 in Mecklenburg County", "Officers arrested 12 people in Mecklenburg County.", true);
        assertThat(announcement.getWithdrawn()).isTrue();
        assertThat(announcement.getClaims()).isEmpty();
        assertThat(announcement.getOperation()).isNull();
    }

    @Test
    void theSameReleaseIsReadTheSame() {
        String text = "DENVER – Officers arrested 26 people in two states: 21 in Colorado and 5 in Wyoming.";
        assertThat(read("ICE arrests 26", text)).isEqualTo(read("ICE arrests 26", text));
    }

    @Test
    void aReleaseOfTwoOperationsHasAFurtherEventWhoseClaimsAreNumberedOn() {
        ArrestAnnouncement read = read(
                "ICE arrests 24 in Mecklenburg County",
                "CHARLOTTE, N.C. - Officers arrested 24 people in Mecklenburg County from Sept. 21 to Sept. 25, 2020.\n"
                        + "In a separate operation on Sept. 26, officers arrested 15 people in Wake County.");
        assertThat(total(read).getBest()).isEqualTo(24);
        assertThat(read.getFurtherEvents()).singleElement().satisfies(further -> {
            assertThat(further.getKind()).isEqualTo("ARREST_RESULTS");
            assertThat(further.getPeriod().getStart()).isEqualTo(LocalDate.of(2020, 9, 26));
            assertThat(further.getClaims()).singleElement().satisfies(claim -> {
                assertThat(claim.getJurisdictionId()).isEqualTo(NC + "/county:wake");
                assertThat(claim.getBest()).isEqualTo(15);
                assertThat(claim.getClaimId()).isEqualTo("c" + (read.getClaims().size() + 1));
            });
        });
    }

    @Test
    void aStatisticOfDetainersIsAboutItsStateWithoutArrests() {
        ArrestAnnouncement read = read(
                "North Carolina jails declined 64 ICE detainers in fiscal year 2019, statistics show",
                "CHARLOTTE, N.C. - Statistics published today show that the agency lodged 1,310 detainers with jails in North "
                        + "Carolina in fiscal year 2019. Sixty-four of those detainers were declined.");
        assertThat(read.getClaims()).singleElement().satisfies(claim -> {
            assertThat(claim.getJurisdictionId()).isEqualTo(NC);
            assertThat(claim.getKind()).isEqualTo("NAMED");
            assertThat(claim.getBest()).isNull();
        });
    }
}
