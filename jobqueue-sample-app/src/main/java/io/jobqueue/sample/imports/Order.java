package io.jobqueue.sample.imports;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;

/**
 * One order, checked.
 *
 * @param id the order's number
 * @param customer who ordered
 * @param product what
 * @param quantity how many; more than zero
 * @param unitPrice the price of one; zero or more, with at most the currency's decimals
 * @param currency what it is priced in
 */
record Order(String id, String customer, String product, int quantity, BigDecimal unitPrice, Currency currency) {

    static final List<String> COLUMNS =
            List.of("order_id", "customer", "product", "quantity", "unit_price", "currency");

    /** Returns the order in a row of {@link #COLUMNS}.
     *
     * @throws InvalidOrderException naming the column, its value and what it should be */
    static Order of(List<String> cells) {
        if (cells.size() != COLUMNS.size()) {
            throw new InvalidOrderException(
                    "the row has " + cells.size() + " values; expected are " + String.join(", ", COLUMNS));
        }
        Currency currency = currency(cells.get(5));
        return new Order(
                text("order_id", cells.get(0)),
                text("customer", cells.get(1)),
                text("product", cells.get(2)),
                quantity(cells.get(3)),
                price(cells.get(4), currency),
                currency);
    }

    BigDecimal total() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }

    private static String text(String column, String value) {
        if (value.isBlank()) {
            throw invalid(column, value, "is blank");
        }
        return value.strip();
    }

    private static int quantity(String value) {
        int quantity;
        try {
            quantity = Integer.parseInt(value.strip());
        } catch (NumberFormatException e) {
            throw invalid("quantity", value, "is no whole number");
        }
        if (quantity < 1) {
            throw invalid("quantity", value, "must be more than zero");
        }
        return quantity;
    }

    private static BigDecimal price(String value, Currency currency) {
        BigDecimal price;
        try {
            price = new BigDecimal(value.strip());
        } catch (NumberFormatException e) {
            throw invalid("unit_price", value, "is no number");
        }
        if (price.signum() < 0) {
            throw invalid("unit_price", value, "must be zero or more");
        }
        if (price.scale() > currency.getDefaultFractionDigits()) {
            throw invalid("unit_price", value, "has more decimals than " + currency + " knows");
        }
        return price;
    }

    private static Currency currency(String value) {
        try {
            return Currency.getInstance(value.strip());
        } catch (IllegalArgumentException e) {
            throw invalid("currency", value, "is unknown; give an ISO 4217 code such as EUR");
        }
    }

    private static InvalidOrderException invalid(String column, String value, String reason) {
        return new InvalidOrderException(column + " '" + value + "': " + reason);
    }
}
