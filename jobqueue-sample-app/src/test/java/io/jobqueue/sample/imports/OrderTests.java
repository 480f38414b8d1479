package io.jobqueue.sample.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderTests {

    @Test
    void aGoodRowIsAnOrder() {
        Order order = Order.of(List.of("A-1", " Ada ", "Pen", "3", "39.90", "EUR"));

        assertThat(order)
                .isEqualTo(new Order("A-1", "Ada", "Pen", 3, new BigDecimal("39.90"), Currency.getInstance("EUR")));
        assertThat(order.total()).isEqualByComparingTo("119.70");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'',Ada,Pen,1,1.00,EUR|order_id '': is blank",
                "A-1,' ',Pen,1,1.00,EUR|customer ' ': is blank",
                "A-1,Ada,'',1,1.00,EUR|product '': is blank",
                "A-1,Ada,Pen,two,1.00,EUR|quantity 'two': is no whole number",
                "A-1,Ada,Pen,0,1.00,EUR|quantity '0': must be more than zero",
                "A-1,Ada,Pen,1,free,EUR|unit_price 'free': is no number",
                "A-1,Ada,Pen,1,-1,EUR|unit_price '-1': must be zero or more",
                "A-1,Ada,Pen,1,1.001,EUR|unit_price '1.001': has more decimals than EUR knows",
                "A-1,Ada,Pen,1,1.00,XYZ|currency 'XYZ': is unknown; give an ISO 4217 code such as EUR"
            },
            quoteCharacter = '`')
    void aBadValueIsNamed(String row, String message) {
        List<String> cells = List.of(row.replace("'", "").split(",", -1));

        assertThatExceptionOfType(InvalidOrderException.class)
                .isThrownBy(() -> Order.of(cells))
                .withMessage(message);
    }

    @Test
    void aShortRowIsNamed() {
        assertThatExceptionOfType(InvalidOrderException.class)
                .isThrownBy(() -> Order.of(List.of("A-1", "Ada")))
                .withMessageStartingWith("the row has 2 values; expected are order_id, customer");
    }
}
