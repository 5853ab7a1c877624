package org.surgewire.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reset",
        description = {
            "Has the next start count everything again from the announcements.",
            "",
            "Deletes the pipeline's positions and its changelog and repartition topics; announcements and results stay."
                    + " Refuses while an instance is running. Each instance's own stores are to be deleted too: with"
                    + " --state, or by hand."
        })
final class StreamsReset implements Callable<Integer> {
    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--state", paramLabel = "DIR", description = "Delete these stores of a stopped instance as well.")
    private @Nullable Path state;

    @Option(names = "--dry-run", description = "Say what would be deleted, and delete nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        return cluster.withAdmin(this::reset);
    }

    private int reset(Admin admin) throws Exception {
        ConsumerGroupDescription group = group(admin);
        if (group != null && !group.members().isEmpty()) {
            throw new Failure(
                    "the pipeline is running",
                    group.members().size() + " threads are in group " + Stack.APPLICATION_ID,
                    "stop every instance first, and wait for a killed one to be missed");
        }
        List<String> internal = admin.listTopics().names().get().stream()
                .filter(name -> name.startsWith(Stack.APPLICATION_ID + "-")
                        && (name.endsWith("-changelog") || name.endsWith("-repartition")))
                .sorted()
                .toList();
        internal.forEach(name -> System.out.println("topic " + name));
        if (group != null) {
            System.out.println("group " + Stack.APPLICATION_ID);
        }
        Path stores = state == null ? null : state.resolve(Stack.APPLICATION_ID);
        boolean hasStores = stores != null && Files.isDirectory(stores);
        if (hasStores) {
            System.out.println("directory " + stores);
        }
        if (!dryRun) {
            admin.deleteTopics(internal).all().get();
            if (group != null) {
                admin.deleteConsumerGroups(List.of(Stack.APPLICATION_ID)).all().get();
            }
            if (stores != null && hasStores) {
                Directories.delete(stores);
            }
        }
        System.err.println(
                dryRun
                        ? "surgewire: this is what would be deleted"
                        : "surgewire: deleted; the next start counts from the first announcement");
        return 0;
    }

    private static @Nullable ConsumerGroupDescription group(Admin admin) throws Exception {
        try {
            return admin.describeConsumerGroups(List.of(Stack.APPLICATION_ID))
                    .all()
                    .get()
                    .get(Stack.APPLICATION_ID);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return null;
            }
            throw e;
        }
    }
}
