#include "rules/language_arabizi.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_map>

namespace rasid {
namespace {

/// Words with one of 2 3 5 6 7 8 9 for hamza, ayn, kha, ta, ha, ghayn and qaf, unlike 7pm, 2day, mp3, gr8 and covid19.
bool has_letters_as_digits(std::string_view word) {
    int letters = 0;
    int digits = 0;
    bool telling = false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char c = word[i];
        if (c >= 'a' && c <= 'z') {
            ++letters;
        } else if (c >= '0' && c <= '9') {
            ++digits;
            if (c == '0' || c == '1' || c == '4') return false;
            // 6 and 8 stand for letters far less often than for numbers, so they do not tell on their own.
            telling = telling || c == '2' || c == '3' || c == '5' || c == '7' || c == '9';
        } else {
            return false;
        }
    }
    if (!telling || letters < 2 || digits > 3 || digits > letters) return false;
    // b2b, h2o, p2p; but 3la, m3a.
    if (letters == 2 && word.find_first_of("25") != std::string_view::npos) return false;
    if (word.size() >= 3 && std::isdigit(static_cast<unsigned char>(word.back()))) {
        // Words end in a digit that is a letter (mele7, rou7), names of things in a number (mp3, ps5, iphone7, s22).
        return letters >= 2 && digits == 1 && (word.back() == '3' || word.back() == '7') &&
               std::string_view("aeiou").find(word[word.size() - 2]) != std::string_view::npos;
    }
    if (word.front() >= '0' && word.front() <= '9' && digits == 1) {
        static constexpr std::string_view kNumberThings[] = {
            "2day",   "2nite",  "2night", "2morrow", "2moro",   "2gether", "2nd",    "3rd",   "5th",   "7th",
            "9th",    "2k",     "5k",     "3am",     "5am",     "7am",     "9am",    "2am",   "2pm",   "3pm",
            "5pm",    "7pm",    "9pm",    "2hrs",    "3hrs",    "5hrs",    "2mins",  "5mins", "5min",  "2min",
            "3min",   "2kg",    "5kg",    "3km",     "5km",     "2km",     "7km",    "2gb",   "3some", "3way",
            "5star",  "3times", "2times", "5stars",  "3months", "2weeks",  "3weeks", "2yrs",  "3yrs",  "5yrs",
            "2days",  "3days",  "5days",  "7days",   "9months", "7eleven", "2much",  "2cool", "3ds",   "9to5",
            "2faced", "3pts",   "2pts",   "5ths",    "2hr",     "3hr",     "5hr",    "2yr",   "3yr",   "2tone"};
        return std::find(std::begin(kNumberThings), std::end(kNumberThings), word) == std::end(kNumberThings);
    }
    return true;
}

const std::unordered_map<std::string_view, int>& dialect_words() {
    static const auto words = [] {
        std::unordered_map<std::string_view, int> table;
        const auto add = [&](std::string_view list, int weight) {
            while (!list.empty()) {
                const auto space = list.find(' ');
                table.emplace(list.substr(0, space), weight);
                list = space == std::string_view::npos ? std::string_view() : list.substr(space + 1);
            }
        };
        // The Maghreb.
        add("bzaf bzaff bezaf bezzaf wach wesh machi dyal diyal dyali dyalo dyalna dyalkom dialna dialo daba bghit "
            "bghiti "
            "bghina kayn kayen kayna makayn makaynch ghadi ghadia ghir wakha walakin walou walo kolchi koulchi dakchi "
            "hadchi hadchi hadak hadik hadok chno chnou chhal chwiya chwia mzyan mezyan mziana mzian zwin zwina zwine "
            "kifach kifech kifesh fach bach hta hetta nti nta ntouma ntoma hna huma homa howa hiya rah rahom raha rani "
            "rana khoya khouya khti akhti sahbi labas labes bslama barak allahu mazal mzl bnadem drari wlad bladi "
            "mgharba lmaghrib lmghrib maghribi ndir ndiro dir diri kandir katdir galt galli goul gouli chof chouf "
            "choufi aji ajiw safi iwa yak lwa9t nhar lyoum lyom ghda bikri bekri barcha yesser chbih chneya chnowa "
            "taw tawa nheb n7eb aychek ya3tik lhamdollah hamdoulah lahoma lmohim fih fiha liha lih lik liya lina lihom "
            "bhal wla wlah wahd wahed wehed mskin meskin hchouma khir kbira kbir sghir tkon ykon ykoun knt kant kano "
            "nchallah nchalah inchallah inchalah hamdolilah mabrok mabrouk tbarkallah rabi yarabi lah allah",
            2);
        // Egypt, the Levant, the Gulf.
        add("mesh msh mish mosh mush mafish mafeesh mafi kteer ktir kteir ktiir awy awi gedan giddan geddan delwa2ti "
            "delwaty dlw2ty dlwaty bokra bukra embare7 mbareh keda kda kedah bardo brdo ezay ezayak ezayek izayak "
            "ezzayak leh leih lesh leish laish leesh shu shou chou sho shlonak shlonik shlonich shlon kifak kifik "
            "keefak keefik kifkon kifkun wein wayn fein feen fain wain emta emte imta aywa aiwa eywa laa2 wenti winta "
            "enta inta enti inti entu intu e7na ehna 2ana howwa heyya huwe hiyye badde baddi biddi beddi bde badak "
            "awzeen 3ayez ayez ayza 3ayza 3yz hanrooh yalla yallah yela begad bgd asln asln aslan tab tayeb tayyeb "
            "ta7foon 7elw helw helwa gamed gamda ya3ni yaani yani3 za3lan mabsoot mabsout shwaya shway shwayya zay "
            "zayy "
            "kollo kolo elly elli illi eli ely fel bel 3al wel wallahi walahi wlahi walla akeed akid tamam zift "
            "zebala khara 5ara ta3ban wa7ashtini wahashteni habebty habibty hbb hbby mogarad lessa lesa khalas khalas "
            "mashy sabah elkheir elkhair masa elnoor kol sana wento tayebeen marhaba ahlan sahlan hamdella 7amdella "
            "hamdlla alhamdulelah el7amdulelah mnih mnee7 meneeh helo7 shukran shokran afwan 3afwan",
            2);
        // Those that stand in English, French and Spanish posts too, or look like words of theirs.
        add("habibi habibti wallah inshallah insha mashallah masha alhamdulillah hamdulillah yalla khalas salam salaam "
            "ramadan eid mubarak ana ya wa bas la ma li fi men min ala el al kan bint walad abu umm ila ou chi hada "
            "hadi "
            "nass nas dima haja had safi labas rah allah tab kol hna mesh leh bel fel zay ely aji yak dir kant lah "
            "fih chouf shu sho khoya wein fein kayn",
            1);
        // A word of both lists is no proof on its own.
        for (const auto* weak :
             {"yalla", "khalas", "salam", "rah",  "allah", "tab",  "kol",  "hna",  "leh",  "bel",    "fel",  "zay",
              "ely",   "aji",    "yak",   "dir",  "kant",  "lah",  "sho",  "shu",  "safi", "wallah", "wein", "fein",
              "hta",   "sana",   "masa",  "fain", "inti",  "chou", "mush", "howa", "mish", "bach",   "fach", "taw",
              "ehna",  "akid",   "iwa",   "raha", "rana",  "rani", "huma", "homa", "eli",  "asln"})
            table[weak] = 1;
        return table;
    }();
    return words;
}

}  // namespace

int arabizi_weight(std::string_view word) {
    if (word.size() > 24) return 0;
    if (has_letters_as_digits(word)) return 2;
    const auto found = dialect_words().find(word);
    return found == dialect_words().end() ? 0 : found->second;
}

}  // namespace rasid
