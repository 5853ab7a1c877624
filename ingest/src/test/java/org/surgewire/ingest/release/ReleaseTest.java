package org.surgewire.ingest.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final LocalDate DAY = LocalDate.of(2020, 9, 28);
    private static final String URL = "https://a.example/1";

    private static Release release(
            String source,
            String url,
            String title,
            String text,
            LocalDate day,
            @Nullable Instant at,
            boolean withdrawn) {
        return new Release(source, "p", url, title, text, day, at, null, withdrawn);
    }

    private final Release release = release("s", URL, "T", "X", DAY, null, false);

    @Test
    void theIdIsTheSameForEverSinceTopicsAreKeyedByIt() {
        assertThat(release.releaseId()).isEqualTo("f5c487667165382be7a6").hasSize(20);
    }

    @Test
    void theIdComesFromTheAddressAlone() {
        assertThat(release("other", URL, "U", "Y", DAY.plusDays(1), Instant.EPOCH, true)
                        .releaseId())
                .isEqualTo(release.releaseId());
        assertThat(release("s", URL + "0", "T", "X", DAY, null, false).releaseId())
                .isNotEqualTo(release.releaseId());
    }

    @Test
    void whatMakesARevisionChangesTheHash() {
        assertThat(List.of(
                        release("s", URL, "T2", "X", DAY, null, false).contentHash(),
                        release("s", URL, "T", "X2", DAY, null, false).contentHash(),
                        release("s", URL, "TX", "", DAY, null, false).contentHash(),
                        release("s", URL, "T", "X", DAY.plusDays(1), null, false)
                                .contentHash(),
                        release("s", URL, "T", "X", DAY, null, true).contentHash(),
                        release.contentHash()))
                .doesNotHaveDuplicates();
    }

    @Test
    void sourceAddressUpdateTimeAndTimeOfDayMakeNoRevision() {
        var other = new Release(
                "other", "q", URL + "0", "T", "X", DAY, Instant.parse("2020-09-28T10:00:00Z"), Instant.EPOCH, false);
        assertThat(other.contentHash()).isEqualTo(release.contentHash());
    }

    @Test
    void whereOnlyTheDayIsKnownItsNoonIsThePublicationTime() {
        assertThat(release.published(NEW_YORK)).isEqualTo(Instant.parse("2020-09-28T16:00:00Z"));
        Instant at = Instant.parse("2020-09-29T03:00:00Z");
        assertThat(release("s", URL, "T", "X", DAY, at, false).published(NEW_YORK))
                .isEqualTo(at);
    }

    @Test
    void inAFileALaterRevisionIsKnownSinceItsUpdateAndTheFirstSinceItsPublication() {
        Instant noon = Instant.parse("2020-09-28T16:00:00Z");
        Instant updated = Instant.parse("2020-10-01T09:00:00Z");
        var corrected = new Release("s", "p", URL, "T", "X", DAY, null, updated, false);
        var dated = new Release("s", "p", URL, "T", "X", DAY, null, Instant.EPOCH, false);

        assertThat(corrected.knownSince(NEW_YORK, true)).isEqualTo(updated);
        assertThat(corrected.knownSince(NEW_YORK, false)).isEqualTo(noon);
        assertThat(dated.knownSince(NEW_YORK, true)).isEqualTo(noon);
        assertThat(release.knownSince(NEW_YORK, true)).isEqualTo(noon);
    }
}
