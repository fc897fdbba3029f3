namespace Ecosystem.Search;

/// <summary>Words that say nothing about what a text is about. Lists are short on purpose: a content word that is dropped cannot be found.</summary>
internal static class StopWords
{
    internal static IEnumerable<string> German => Split("""
        ab aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei beim bin bis
        bist da dabei dadurch dafür damit dann daran darauf darum das dass daß dazu dein deine deinem deinen deiner dem den denen denn
        der deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine einem einen einer eines
        er es etwas euch euer eure eurem euren eurer für gegen gibt hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen
        ihr ihre ihrem ihren ihrer ihres im in indem ins ist ja jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann
        kannst können könnte man manche manchem manchen mancher manches mehr mein meine meinem meinen meiner mich mir mit muss
        musste müssen nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seines seit selbst sich sie
        sind so solche solchem solchen solcher solches soll sollen sollte sondern sonst über um und uns unser unsere unserem unseren
        unserer unter usw vom von vor war waren warst was weg weil weiter welche welchem welchen welcher welches wenn wer werde
        werden wie wieder will wir wird wirst wo wollen wollte wurde wurden während würde würden z zu zum zur zwar zwischen
        """);

    internal static IEnumerable<string> English => Split("""
        a about above after again against all also am an and any are as at be because been before being below between both but by can
        could did do does doing down during each few for from further had has have having he her here hers herself him himself his how
        i if in into is it its itself just may me might more most must my myself no nor not of off on once only or other our ours
        ourselves out over own s same she should so some such t than that the their theirs them themselves then there these they this
        those through to too under until up us very was we were what when where which while who whom why will with would you your
        yours yourself yourselves
        """);

    internal static IEnumerable<string> Danish => Split("""
        ad af alle alt anden at blev blive bliver da de dem den denne der deres det dette dig din disse dog du efter eller en end er
        et for fra ham han hans har havde have hende hendes her hos hun hvad hvis hvor hvordan i ikke ind ja jeg jer jo kan kunne man
        mange med meget men mig min mine mit mod ned noget nogle nu når og også om op os over på selv sig sin sine sit skal skulle som
        sådan thi til ud under var vi vil ville vor være været
        """);

    private static string[] Split(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
