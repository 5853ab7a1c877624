package org.surgewire.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.jspecify.annotations.Nullable;
import org.surgewire.schemas.topics.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "acls",
        description = {
            "Grants each application what it needs and nothing more.",
            "",
            "The users are " + Access.INGEST + ", " + Access.STREAMS + ", " + Access.REGISTRY + " and "
                    + Access.CONSUMER
                    + ", which is for whoever reads the results. Prints each grant that is missing; takes none away."
                    + " A cluster without an authorizer is left as it is."
        })
final class TopicsAcls implements Callable<Integer> {
    private static final int ITERATIONS = 8192;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--passwords",
            paramLabel = "FILE",
            description = "Give users these passwords first, for SCRAM-SHA-512: a line USER=PASSWORD for each.")
    private @Nullable Path passwords;

    @Option(names = "--dry-run", description = "Say what would be granted, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        List<UserScramCredentialAlteration> logins = logins();
        return cluster.withAdmin(admin -> {
            if (!dryRun && !logins.isEmpty()) {
                admin.alterUserScramCredentials(logins).all().get();
                System.err.printf("surgewire: passwords of %d users set%n", logins.size());
            }
            Collection<AclBinding> granted = granted(admin);
            if (granted == null) {
                System.err.println("surgewire: this cluster has no authorizer: everybody may do everything");
                return 0;
            }
            List<AclBinding> missing = Access.lists(Topics.on(cluster.registry(), cluster.partitions())).stream()
                    .filter(binding -> !granted.contains(binding))
                    .toList();
            missing.forEach(binding -> System.out.printf(
                    "%s: %s %s %s %s%n",
                    binding.entry().principal(),
                    binding.entry().operation(),
                    binding.pattern().resourceType(),
                    binding.pattern().patternType(),
                    binding.pattern().name()));
            if (!dryRun) {
                admin.createAcls(missing).all().get();
            }
            System.err.printf(dryRun ? "surgewire: %d to grant%n" : "surgewire: %d granted%n", missing.size());
            return 0;
        });
    }

    private List<UserScramCredentialAlteration> logins() {
        var users = new Properties();
        if (passwords != null) {
            try (var in = Files.newBufferedReader(passwords)) {
                users.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new Failure("cannot read passwords", passwords.toString(), "name a Java properties file", e);
            }
        }
        return new TreeSet<>(users.stringPropertyNames())
                .stream()
                        .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                                user,
                                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS),
                                users.getProperty(user)))
                        .toList();
    }

    /** Null where nobody is asked for grants. */
    private static @Nullable Set<AclBinding> granted(Admin admin) throws Exception {
        try {
            return new HashSet<>(
                    admin.describeAcls(AclBindingFilter.ANY).values().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SecurityDisabledException) {
                return null;
            }
            throw e;
        }
    }
}
