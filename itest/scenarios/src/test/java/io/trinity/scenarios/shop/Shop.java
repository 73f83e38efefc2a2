package io.trinity.scenarios.shop;

import io.trinity.api.plugin.Answer;
import io.trinity.api.plugin.CallOptions;
import io.trinity.api.plugin.Plugin;
import io.trinity.api.world.ExtensionDefinition;
import io.trinity.scenarios.shop.PriceRuleWorld.Cost;
import io.trinity.scenarios.shop.PriceRuleWorld.Item;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.function.Function;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A program of somebody else's: it brings a type, and asks the plugins of that type for prices. */
public final class Shop implements BundleActivator {
    /** Property of the service that says what three pears at 40 cents cost a customer. */
    public static final String NAME = "shop";

    private static final List<Item> PEARS = List.of(new Item("pear", 40, 3));

    @Override
    public void start(BundleContext context) {
        context.registerService(ExtensionDefinition.class, new PriceRule(), null);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(NAME, "pears");
        Function<String, String> price = customer -> price(context, customer);
        context.registerService(Function.class, price, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the services back.
    }

    private static String price(BundleContext context, String customer) {
        ServiceReference<Plugin> rule = rule(context);
        PriceRuleWorld rules = context.getService(rule).as(PriceRuleWorld.class);
        Answer<Cost> answer =
                rules.price(
                        CallOptions.DEFAULT, customer, customer.equals("bob") ? List.of() : PEARS);
        if (answer instanceof Answer.Refusal<Cost> refusal) {
            return "refused: " + refusal.text();
        }
        Cost cost = ((Answer.Value<Cost>) answer).value();
        return cost instanceof Cost.Cents cents ? cents.amount() + " cents" : "free";
    }

    private static ServiceReference<Plugin> rule(BundleContext context) {
        try {
            return context.getServiceReferences(
                            Plugin.class, "(" + Plugin.TYPE + "=" + PriceRule.TYPE + ")")
                    .iterator()
                    .next();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
