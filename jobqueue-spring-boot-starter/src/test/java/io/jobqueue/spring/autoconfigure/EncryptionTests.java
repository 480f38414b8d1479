package io.jobqueue.spring.autoconfigure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobqueue.JobQueue;
import io.jobqueue.JobRequest;
import io.jobqueue.codec.DataLabel;
import io.jobqueue.codec.PayloadCipher;
import io.jobqueue.spring.JobHandler;
import io.jobqueue.store.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class EncryptionTests {

    private static final String KEY = "bXktc2VjcmV0LWtleS1vZi0zMi1ieXRlcy0wMDAwMDE=";
    private static final String OTHER_KEY = "bXktc2VjcmV0LWtleS1vZi0zMi1ieXRlcy0wMDAwMDI=";
    private static final DataLabel LABEL = DataLabel.payload("greet");

    private final ApplicationContextRunner runner = StarterContext.runner().withBean(Greeter.class);

    @Test
    void payloadsAreStoredEncryptedWhenThereIsAKey(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.encryption.keys.k1=" + KEY).run(context -> {
            assertThat(greet(context)).isEqualTo("Hello Ada");
            assertThat(stored(context)).doesNotContain("Ada").contains("k1");
            assertThat(output)
                    .contains("Payloads and results are encrypted: AES-GCM with key k1 (known: k1)")
                    .doesNotContain(KEY);
        });
    }

    @Test
    void nothingIsEncryptedWithoutAKey() {
        runner.run(context -> {
            assertThat(greet(context)).isEqualTo("Hello Ada");
            assertThat(stored(context)).isEqualTo("\"Ada\"");
        });
    }

    @Test
    void primaryKeyEncryptsAndAllDecrypt() {
        byte[] old = encrypted("jobqueue.encryption.keys.k1=" + KEY);

        runner.withPropertyValues(
                        "jobqueue.encryption.keys.k1=" + KEY,
                        "jobqueue.encryption.keys.k2=" + OTHER_KEY,
                        "jobqueue.encryption.primary=k2")
                .run(context -> {
                    assertThat(cipher(context).decrypt(old, LABEL)).isEqualTo("{}".getBytes(UTF_8));
                    assertThat(greet(context)).isEqualTo("Hello Ada");
                    assertThat(stored(context)).contains("k2");
                });
    }

    @Test
    void plainPayloadsAreWrittenOnlyOnRequestAndThatIsSaid(CapturedOutput output) {
        runner.withPropertyValues("jobqueue.encryption.keys.k1=" + KEY, "jobqueue.encryption.write-plain=true")
                .run(context -> {
                    assertThat(greet(context)).isEqualTo("Hello Ada");
                    assertThat(stored(context)).isEqualTo("\"Ada\"");
                    assertThat(output).contains("written plain", "jobqueue.encryption.write-plain is true");
                });
    }

    @Test
    void plainPayloadsAreReadOnlyOnRequest() {
        byte[] plain = "{}".getBytes(UTF_8);
        ApplicationContextRunner encrypting = runner.withPropertyValues("jobqueue.encryption.keys.k1=" + KEY);

        encrypting.run(context -> assertThatThrownBy(() -> cipher(context).decrypt(plain, LABEL))
                .hasMessageContaining("is stored plain"));
        encrypting
                .withPropertyValues("jobqueue.encryption.read-plain=true")
                .run(context ->
                        assertThat(cipher(context).decrypt(plain, LABEL)).isEqualTo(plain));
    }

    @Test
    void cipherOfTheApplicationIsUsedInstead() {
        runner.withBean(PayloadCipher.class, Reversing::new).run(context -> {
            assertThat(greet(context)).isEqualTo("Hello Ada");
            assertThat(stored(context)).isEqualTo("\"adA\"");
        });
    }

    @Test
    void keyIsReadFromEnvironmentVariables() {
        runner.withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of("JOBQUEUE_ENCRYPTION_KEYS_K1", KEY, "JOBQUEUE_ENCRYPTION_PRIMARY", "k1"))))
                .run(context -> {
                    assertThat(greet(context)).isEqualTo("Hello Ada");
                    assertThat(stored(context)).contains("k1");
                });
    }

    @Test
    void keyIsReadFromASecretFile(@TempDir Path secrets) throws IOException {
        Files.writeString(secrets.resolve("jobqueue.encryption.keys.k1"), KEY + "\n");

        try (ConfigurableApplicationContext context = application()
                .run("--spring.config.import=configtree:" + secrets + "/", "--jobqueue.encryption.primary=k1")) {
            assertThat(new String(cipher(context).encrypt("{}".getBytes(UTF_8), LABEL), ISO_8859_1))
                    .contains("k1");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    encryption.keys.k1=bXktc2VjcmV0LWtleS1           | | encryption key 'k1': has 14 bytes; give 32 random bytes
                    encryption.keys.k1=bXktc2VjcmV0LWtleS1-bm90!     | | encryption key 'k1': is not Base64
                    encryption.keys.k1=                              | | encryption key 'k1': has 0 bytes
                    encryption.keys[k 1]=bXktc2VjcmV0LWtleS1         | | encryption key id 'k 1': give 1 to 64
                    encryption.keys.k1=bXktc2VjcmV0LWtleS1vZi0zMi1ieXRlcy0wMDAwMDE= | encryption.primary=k2 | primary encryption key 'k2': there is no key of that id (there is k1)
                    encryption.keys.k1=bXktc2VjcmV0LWtleS1vZi0zMi1ieXRlcy0wMDAwMDE= | encryption.keys.k2=bXktc2VjcmV0LWtleS1vZi0zMi1ieXRlcy0wMDAwMDI= | there are 2 keys and no primary
                    encryption.primary=k1                            | | there are no keys
                    encryption.read-plain=true                       | | there are no keys
                    """)
    void unusableKeysStopTheStartAndAreNotShown(
            String one, @Nullable String other, String reason, CapturedOutput output) {
        assertStartFails(one, other == null ? "enabled=true" : other);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "Property: jobqueue.encryption", reason)
                .doesNotContain("bXktc2VjcmV0LWtleS1");
    }

    @ParameterizedTest
    @CsvSource({
        "encryption.kyes.k1",
        "encryption.keys",
        "encription.keys.k1",
        "store.redis.pasword",
        "store.redis.passwort",
        "store.redis.sentinel.secret"
    })
    void mistypedPropertyStopsTheStartAndItsValueIsNotShown(String name, CapturedOutput output) {
        assertStartFails(name + "=bXktc2VjcmV0LWtleS1");

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START",
                        "Property: jobqueue." + name,
                        "Value: not shown, it may be a secret")
                .doesNotContain("bXktc2VjcmV0LWtleS1");
    }

    private byte[] encrypted(String property) {
        byte[][] encrypted = new byte[1][];
        runner.withPropertyValues(property)
                .run(context -> encrypted[0] = cipher(context).encrypt("{}".getBytes(UTF_8), LABEL));
        return encrypted[0];
    }

    private static PayloadCipher cipher(ApplicationContext context) {
        return context.getBean(PayloadCipher.class);
    }

    private static String greet(ApplicationContext context) {
        return String.valueOf(context.getBean(JobQueue.class)
                .enqueueAndWait(JobRequest.of("greet", "Ada").id("a").build(), String.class, Duration.ofSeconds(30)));
    }

    private static String stored(ApplicationContext context) {
        return new String(
                context.getBean(JobStore.class)
                        .ledger()
                        .find(JobQueue.DEFAULT_QUEUE, "a")
                        .orElseThrow()
                        .spec()
                        .payload(),
                ISO_8859_1);
    }

    private static void assertStartFails(String... properties) {
        String[] arguments =
                Stream.of(properties).map(property -> "--jobqueue." + property).toArray(String[]::new);
        assertThatThrownBy(() -> application().run(arguments).close()).isNotNull();
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        return application;
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({JobQueueStoreAutoConfiguration.class, JobQueueAutoConfiguration.class})
    static class Application {}

    static class Greeter {
        @JobHandler("greet")
        String greet(String name) {
            return "Hello " + name;
        }
    }

    /** A cipher that anybody can break. */
    static class Reversing implements PayloadCipher {

        @Override
        public byte[] encrypt(byte[] json, DataLabel label) {
            return new StringBuilder(new String(json, ISO_8859_1))
                    .reverse()
                    .toString()
                    .getBytes(ISO_8859_1);
        }

        @Override
        public byte[] decrypt(byte[] stored, DataLabel label) {
            return encrypt(stored, label);
        }
    }
}
