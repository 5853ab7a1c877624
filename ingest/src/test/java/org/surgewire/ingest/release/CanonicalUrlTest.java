package org.surgewire.ingest.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example/news/1, https://a.example/news/1",
        "http://a.example/news/1, https://a.example/news/1",
        "HTTPS://WWW.A.Example/News/1/, https://a.example/News/1",
        "https://a.example, https://a.example",
        "https://a.example/, https://a.example",
        "https://a.example/1//, https://a.example/1",
        "http://a.example:80/1, https://a.example/1",
        "https://a.example:443/1, https://a.example/1",
        "https://a.example:8443/1, https://a.example:8443/1",
        "https://a.example/1#part, https://a.example/1",
        "https://a.example/1?id=2, https://a.example/1?id=2",
        "https://a.example/1?utm_source=x&id=2&fbclid=y, https://a.example/1?id=2",
        "https://a.example/1?utm_source=x, https://a.example/1",
        "https://a.example/1?, https://a.example/1",
        "https://a.example/1?b=2&a=1, https://a.example/1?b=2&a=1",
        "https://a.example/caf%C3%A9?q=%20, https://a.example/caf%C3%A9?q=%20",
        "'  https://a.example/1 ', https://a.example/1",
    })
    void theSpellingsOfOnePageBecomeOne(String url, String canonical) {
        assertThat(CanonicalUrl.of(url)).isEqualTo(canonical);
        assertThat(CanonicalUrl.of(canonical)).as("twice").isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "//a.example/1", "ftp://a.example/1", "https:///1", "https://a b.example/"})
    void whatLeadsToNoPageIsRefused(String url) {
        assertThatThrownBy(() -> CanonicalUrl.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no ");
    }
}
