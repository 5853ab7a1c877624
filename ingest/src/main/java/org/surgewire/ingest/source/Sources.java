package org.surgewire.ingest.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registry of sources.
 *
 * @param contact e-mail address or page that requests carry, so that whoever runs a host can complain; null where the
 *     registry names none
 * @param all in the order of the file
 */
public record Sources(@Nullable String contact, List<Source> all) {
    private static final String BUNDLED = "sources.yaml";

    public Sources {
        all = List.copyOf(all);
    }

    /** The registry that ships with the product. */
    public static Sources bundled() {
        try (InputStream in = Sources.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException(BUNDLED + " is not on the class path");
            }
            return SourcesYaml.read(BUNDLED, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | SourcesException e) {
            throw new IllegalStateException("the bundled registry cannot be read: " + e.getMessage(), e);
        }
    }

    /** The registry in a file. */
    public static Sources load(Path file) throws SourcesException {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new SourcesException(file + ": no such file; name a registry of sources in YAML", e);
        } catch (IOException e) {
            throw new SourcesException(
                    file + ": cannot be read (" + e.getMessage() + "); name a registry of sources in YAML, in UTF-8",
                    e);
        }
        return SourcesYaml.read(file.toString(), text);
    }

    public Optional<Source> find(String id) {
        return all.stream().filter(source -> source.id().equals(id)).findFirst();
    }
}
