package io.jobqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TypeNamesTests {

    private record WelcomeMail(String to) {}

    private record PDFReport(String name) {}

    private record Mail2Send(String to) {}

    @JobType("custom:name")
    private record Annotated(String value) {}

    @JobType(" ")
    private record BadlyAnnotated(String value) {}

    private static final class Numbers extends ArrayList<Integer> {

        private static final long serialVersionUID = 1L;
    }

    @Test
    void simpleNameBecomesKebabCase() {
        assertThat(TypeNames.of(WelcomeMail.class)).isEqualTo("welcome-mail");
        assertThat(TypeNames.of(PDFReport.class)).isEqualTo("pdf-report");
        assertThat(TypeNames.of(Mail2Send.class)).isEqualTo("mail2-send");
    }

    @Test
    void annotationGoesFirst() {
        assertThat(TypeNames.of(Annotated.class)).isEqualTo("custom:name");
    }

    @Test
    void annotationMustBeAName() {
        assertThatThrownBy(() -> TypeNames.of(BadlyAnnotated.class)).isInstanceOf(InvalidJobException.class);
    }

    @Test
    void classesThatSayNothingAreRefused() {
        Runnable lambda = () -> {};
        Object anonymous = new Object() {};
        for (Class<?> type : new Class<?>[] {
            String.class,
            Integer.class,
            BigDecimal.class,
            UUID.class,
            Object.class,
            int.class,
            WelcomeMail[].class,
            HashMap.class,
            Numbers.class,
            StringBuilder.class,
            lambda.getClass(),
            anonymous.getClass()
        }) {
            assertThatThrownBy(() -> TypeNames.of(type))
                    .as(type.getName())
                    .isInstanceOf(InvalidJobException.class)
                    .hasMessageContaining("does not name a job type");
        }
    }
}
