package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.surgewire.schemas.jurisdictions.Jurisdictions;

class TogetherJudgedTest {
    private static final LocalDate DAY = LocalDate.parse("2020-09-28");
    private static final double RARE = 1e-4;
    private static final double BARELY = 0.0025;

    private final Map<String, DayDiscoveries> days = new HashMap<>();
    private final TogetherJudged together =
            new TogetherJudged(days::get, days::put, AlertSettings.defaults(), Jurisdictions.bundled());

    @Test
    void aRareDayStandsByItself() {
        assertThat(together.put("one", DAY, RARE)).isEmpty();
        assertThat(together.stands("one", DAY)).isTrue();
    }

    @Test
    void aDayThatIsBarelyRareStandsOnlyBesideOthers() {
        assertThat(together.put("one", DAY, BARELY)).isEmpty();
        assertThat(together.stands("one", DAY)).isFalse();

        assertThat(together.put("two", DAY, RARE)).containsExactly("one");
        assertThat(together.stands("one", DAY)).isTrue();

        assertThat(together.put("two", DAY, null)).containsExactly("one");
        assertThat(together.stands("one", DAY)).isFalse();
    }

    @Test
    void daysAreJudgedApart() {
        together.put("one", DAY, BARELY);
        together.put("two", DAY.plusDays(1), RARE);
        assertThat(together.stands("one", DAY)).isFalse();
    }

    @Test
    void aDayTakenBackLeavesNothing() {
        together.put("one", DAY, RARE);
        together.put("one", DAY, null);
        assertThat(days.get(DAY.toString())).isNull();
    }

    @Test
    void chanceAloneBringsFewerOfThemTheRarerTheyAre() {
        assertThat(together.expectedFalse(BARELY)).isBetween(0.05, 0.4);
        assertThat(together.expectedFalse(RARE)).isLessThan(together.expectedFalse(BARELY));
    }
}
