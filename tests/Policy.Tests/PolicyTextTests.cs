using Ecosystem.Odrl;
using Ecosystem.Policy.Offers;

namespace Ecosystem.Policy.Tests;

/// <summary>Policies are kept as they were read, within bounds whatever is asked.</summary>
public sealed class PolicyTextTests
{
    [Fact]
    public void What_was_read_is_kept_and_many_or_large_policies_do_not_pile_up()
    {
        var policies = new PolicyText();
        Assert.Same(policies.Read(Story.ResearchOnly), policies.Read(Story.ResearchOnly));

        for (var number = 0; number < 200; number++)
            policies.Read(Story.AtMostTenTimes.Replace("ten-times", $"{number}{new string('x', 200_000)}", StringComparison.Ordinal));
        Assert.InRange(policies.Kept, 1, 90);

        for (var number = 0; number < 5000; number++)
            policies.Read(Story.AtMostTenTimes.Replace("ten-times", $"{number}", StringComparison.Ordinal));
        Assert.InRange(policies.Kept, 1, 4096);
    }

    [Fact]
    public void What_is_no_policy_is_not_kept()
    {
        var policies = new PolicyText();

        Assert.Throws<OdrlFormatException>(() => policies.Read("{}"));
        Assert.Equal(0, policies.Kept);
    }
}
