package org.surgewire.streams.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkdaysTest {
    private static double exposure(String day) {
        return Workdays.exposure(LocalDate.parse(day).toEpochDay());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-09-26",
                "2020-09-27",
                "2020-01-01",
                "2020-01-20",
                "2020-02-17",
                "2020-05-25",
                "2023-07-04",
                "2020-09-07",
                "2020-10-12",
                "2020-11-11",
                "2020-11-26",
                "2020-12-25",
                "2023-06-19"
            })
    void weekendsAndFederalHolidaysAreExpectedToBeQuiet(String day) {
        assertThat(exposure(day)).isPositive().isLessThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-09-28", "2020-06-19", "2020-05-18", "2020-11-19", "2020-09-14", "1989-12-25"})
    void otherDaysAreOrdinary(String day) {
        assertThat(exposure(day)).isEqualTo(1);
    }
}
