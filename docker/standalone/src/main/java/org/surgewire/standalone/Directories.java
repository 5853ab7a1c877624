package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of a run. */
final class Directories {
    private Directories() {}

    /**
     * Makes a folder where it is missing and sees that it can be written to.
     *
     * @param what what is to be written, for the message
     * @param option the option that names the folder
     */
    static void prepare(Path directory, String what, String option) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "writable", null));
        } catch (IOException e) {
            throw new Failure(
                    "cannot write " + what, directory.toString(), "choose a writable directory with " + option, e);
        }
    }

    /** Deletes a folder with everything in it. */
    static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
