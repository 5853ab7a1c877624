package org.surgewire.ingest.source;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A registry of sources may come from somebody else. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class YamlBombTest {
    private static void refused(String yaml) {
        assertThatExceptionOfType(SourcesException.class).isThrownBy(() -> SourcesYaml.read("bomb.yaml", yaml));
    }

    @Test
    void aliasesThatMultiplyAreNotExpanded() {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1) + ",";
            yaml.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(before.repeat(9))
                    .append("x]\n");
        }
        refused(yaml + "sources: *a11\n");
        refused("sources: &a [*a, *a]\n");
    }

    @Test
    void depthIsBounded() {
        refused("sources: " + "[".repeat(20_000));
        refused("sources: " + "{a: ".repeat(20_000));
    }

    @Test
    void noClassOfTheFilesChoosingIsMade() {
        refused(
                "sources: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"http://127.0.0.1/\"]]]]\n");
    }

    @Test
    void aFileThatIsTooLongIsRefused() {
        refused("contact: " + "a".repeat(8 << 20) + "\nsources: []\n");
    }
}
