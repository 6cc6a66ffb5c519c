rounds-total = { $rounds } đợt, { $open } đợt đang mở.
rounds-new = Tạo đợt mới
rounds-first = Tạo đợt đầu tiên
rounds-none-title = Chưa có đợt lấy ý kiến nào
rounds-none = Tạo một đợt từ mẫu phiếu có sẵn, chọn trường, rồi in mã QR cho phụ huynh.
rounds-no-units-title = Chưa có trường nào
rounds-no-units = Trước hết hãy nhập danh sách đơn vị, trường học của anh/chị.
rounds-units-known = Đã có { $shown } trường
rounds-round = Đợt
rounds-span = Thời gian
rounds-share = Đã trả lời
rounds-n = Phiếu / học sinh
rounds-stage = Trạng thái
rounds-schools = { $shown } trường
level-short-moi_cap = Mọi cấp
stage-draft = Bản nháp
stage-planned = Chờ mở
stage-open = Đang mở
stage-closed = Đã đóng
stage-frozen = Đã chốt số liệu
stage-draft-until = Chưa mở; dự kiến đóng { $at }
stage-planned-from = Mở từ { $at }
stage-open-until = Nhận phiếu đến { $at }
stage-late-until = Còn nhận phiếu mở trước giờ đóng, đến { $at }
stage-closed-since = Ngừng nhận phiếu từ { $at }
stage-frozen-since = Số liệu chốt lúc { $at }
left-days = { $shown } ngày
left-hours = { $shown } giờ
left-minutes = { $shown } phút
span-until = đến { $day }

begin-intro = Lưu thành bản nháp; phụ huynh chỉ thấy phiếu sau khi anh/chị mở đợt.
begin-errors = Chưa lưu được. Xin xem các chỗ có ghi chú bên dưới; những gì đã điền vẫn còn.
begin-1 = 1. Tên và thời gian
begin-title = Tên đợt
begin-title-hint = Phụ huynh nhìn thấy tên này.
begin-title-wrong = Xin ghi tên đợt, không quá 120 chữ.
begin-slug = Tên ngắn
begin-slug-hint = Dùng trong đường dẫn, ví dụ phu-huynh-hk1. Để trống thì máy tự đặt theo tên đợt.
begin-slug-wrong = Tên ngắn gồm 3 đến 48 chữ thường không dấu, số và gạch nối.
begin-slug-taken = Tên ngắn này đã có đợt khác dùng. Xin chọn tên khác.
begin-slug-reserved = Tên ngắn “{ $slug }” trùng với địa chỉ một trang của hệ thống. Xin chọn tên khác.
begin-closes-day = Nhận phiếu đến ngày
begin-closes-time = Giờ đóng
begin-day-wrong = Xin chọn ngày đóng.
begin-time-wrong = Xin chọn giờ đóng, ví dụ 22:00.
begin-closes-past = Ngày, giờ đóng phải sau lúc này.
begin-contact = Nơi liên hệ
begin-contact-hint = Phòng ban, số điện thoại để phụ huynh hỏi; in trên phiếu và áp phích.
begin-results = Hẹn báo kết quả, chậm nhất ngày
begin-results-hint = In trên biên nhận: người trả lời biết đến ngày nào thì có kết quả chung. Để trống nếu chưa hẹn được.
begin-results-wrong = Ngày báo kết quả phải từ ngày đóng trở đi.
begin-contact-wrong = Xin ghi nơi liên hệ: phụ huynh cần biết hỏi ai, số điện thoại nào.
open-no-contact = Chưa ghi nơi liên hệ, nên chưa mở được. Bấm “Sửa bản nháp” để ghi phòng ban và số điện thoại cho người trả lời hỏi.
begin-2 = 2. Mẫu phiếu
begin-2-hint = Chọn một hay nhiều mẫu. Trường nhiều cấp dùng chung một mã QR; phiếu hỏi cấp học trước.
begin-template-wrong = Xin chọn ít nhất một mẫu phiếu.
begin-3 = 3. Trường được hỏi
begin-3-hint = Trường không có cấp học của mẫu phiếu đã chọn sẽ tự bỏ qua.
begin-unit-wrong = Xin chọn ít nhất một trường.
begin-no-level = Không trường nào đã chọn có cấp học của mẫu phiếu. Xin chọn thêm trường hoặc đổi mẫu.
begin-all = Tất cả { $shown } trường
begin-all-hint = Mọi trường đều được hỏi. Bỏ dấu chọn ở trên để chọn từng phường hoặc từng trường.
begin-ticked = đã chọn { $shown }
begin-whole = Chọn tất cả
begin-whole-hint = Mọi trường ở đây đều được hỏi. Bỏ dấu chọn ở trên để chọn từng trường.
begin-pupils = { $shown } học sinh
begin-4 = 4. Kênh lấy ý kiến
begin-4-hint = Mỗi trường có một mã riêng cho mỗi kênh.
begin-always = luôn có
begin-save = Lưu bản nháp
begin-leave = Bỏ, quay lại
edit-title = Sửa bản nháp
edit-intro = Muốn đổi mẫu phiếu hoặc kênh thì xóa bản nháp này rồi tạo đợt mới.
edit-save = Lưu
edit-closes-before-opening = Giờ đóng phải sau giờ mở đã hẹn.
delete = Xóa bản nháp
delete-sure = Xóa hẳn đợt chưa mở này. Mã QR của đợt, kể cả tờ đã in, không dùng được nữa.

show-links = Mã và đường dẫn
show-print = In mã QR
show-csv = Tải CSV
show-schools = Các trường, nơi chưa có phiếu xếp trước
show-school = Trường
show-n = Phiếu
show-forms = Mẫu phiếu
show-form = { $title } (bản { $version })
show-no-contact = chưa ghi
show-slow = “Cần đôn đốc”: trường mới có phiếu của dưới { $percent } học sinh, tính theo phần thời gian đã qua để đạt { $hoped } khi đóng.
show-k = Số phiếu cập nhật tức thì. Nơi khác chỉ nhận con số của nhóm từ { $k } phiếu trở lên.
show-units = Sửa danh sách trường, số học sinh
tile-n = phiếu
tile-late = { $shown } phiếu muộn
tile-share = đã trả lời ({ $base })
tile-left = còn lại
tile-silent = trường chưa có phiếu
tile-none = trường không có phiếu
row-waiting = Chưa mở
row-silent = Chưa có phiếu
row-slow = Cần đôn đốc
row-going = Đang có phiếu
row-some = Có phiếu
row-none = Không có phiếu
row-removed = Đã bỏ khỏi đợt
open-title = Mở đợt
open-text-codes = Từ lúc mở, ai có phiếu mã dùng một lần thì trả lời được. Xin tạo và phát phiếu mã ở trang “Cách tham gia và hạn mức”. Mẫu phiếu, tên đợt, nơi liên hệ không sửa được nữa.
open-text = Từ lúc mở, ai quét mã QR cũng trả lời được. Mẫu phiếu, tên đợt, nơi liên hệ không sửa được nữa.
open-now = Mở ngay
open-sure = Tôi đã xem lại mẫu phiếu, trường và giờ đóng. Mở rồi thì không quay lại bản nháp được.
open-later = Hẹn giờ mở
open-day = Mở từ ngày
open-time = Giờ mở
open-at = Hẹn giờ
open-wrong-time = Xin chọn ngày, giờ mở sau lúc này và trước giờ đóng ({ $closes }).
open-past-closing = Chưa mở được: giờ đóng đã qua. Xin đổi giờ đóng ở mục “Sửa bản nháp” trước.
open-no-school = Đợt chưa có trường nào. Xin thêm trường trước khi mở.
open-no-link = Chưa mở được: mã của mọi trường đã thu hồi. Xin tạo mã mới ở trang “Mã và đường dẫn”.
window-title = Thời gian và công bố
extend = Đổi giờ đóng
extend-wrong-time = Xin chọn ngày, giờ đóng sau lúc này và sau giờ mở. Giờ đóng cũ vẫn giữ nguyên.
close = Đóng sớm
close-text = Ngừng nhận phiếu mới ở mọi trường. Phiếu đang điền dở còn gửi được trong 24 giờ.
close-now = Đóng đợt ngay
freeze = Chốt số liệu ngay
freeze-late = Ai bắt đầu trước giờ đóng còn gửi được đến { $at }. Sau đó số liệu tự chốt; không chốt sớm hơn, vì người trả lời đã được hứa như vậy.
freeze-text = Không chờ phiếu muộn nữa. Số liệu chốt rồi không thay đổi được, và được gửi cho các nơi nhận.
freeze-now = Chốt số liệu
interim-title = Công bố tạm khi đang mở
interim-text = Bình thường kết quả giữ kín đến khi chốt số liệu. Cho phép công bố tạm thì nơi nhận thấy con số khi đã đủ nhiều phiếu mới.
interim-allow = Cho phép công bố tạm
interim-stop = Ngừng công bố tạm
said-opened-codes = Đã mở đợt. Từ bây giờ, ai có phiếu mã dùng một lần thì trả lời được.
said-opened = Đã mở đợt. Ai quét mã cũng trả lời được từ bây giờ.
said-planned = Đã hẹn giờ mở: { $at }.
said-saved = Đã lưu bản nháp. Xin xem các việc còn lại ở mục “Mở đợt” dưới đây.
said-left-out = { $shown } trường đã chọn không có cấp học của mẫu phiếu nên không được hỏi.
said-edited = Đã sửa bản nháp.
said-deleted = Đã xóa bản nháp “{ $title }”.
said-extended = Đã đổi giờ đóng: nhận phiếu đến { $at }.
said-closed = Đã đóng đợt. Phiếu đang điền dở còn gửi được trong 24 giờ.
said-frozen = Đã chốt số liệu và gửi cho các nơi nhận.
said-interim-on = Đã cho phép công bố tạm.
said-interim-off = Đã ngừng công bố tạm.
merge-both = Trong lúc anh/chị đang sửa, người khác đã đổi ô này thành: “{ $value }”. Chữ của anh/chị vẫn còn trong ô. Bấm Lưu lần nữa để giữ chữ của anh/chị, hoặc sửa lại theo người kia rồi lưu.
merge-empty = (để trống)
said-too-late = Chưa làm được: đợt này đã sang bước khác. Trang dưới đây là tình hình mới nhất.
said-frozen-already = Chưa làm được: số liệu của đợt đã chốt nên không thay đổi được nữa.
said-not-sure = Chưa làm: xin đánh dấu vào ô xác nhận trước.

targets-intro = Sửa số học sinh, bỏ trường hoặc thêm trường. Phiếu đã nhận luôn được tính.
targets-title = Trường và số học sinh
targets-frozen = Số liệu đã chốt: danh sách trường và số học sinh không sửa được nữa.
targets-eligible = Số học sinh
targets-eligible-wrong = Xin ghi số học sinh bằng chữ số, từ 0 đến 100.000, ví dụ 1.200. Số cũ vẫn giữ nguyên.
targets-unknown = chưa rõ số học sinh
targets-unknown-now = chưa rõ số học sinh
targets-unknown-short = chưa rõ
targets-do = Việc
targets-save = Lưu
targets-remove = Bỏ trường này
targets-remove-text = Mã của trường ngừng nhận phiếu; tờ đã dán không dùng được. { $n ->
    [0] Trường chưa có phiếu nào.
   *[other] { $shown } phiếu đã nhận vẫn được tính.
 } Có thể đưa trường trở lại.
targets-remove-sure = Bỏ trường khỏi đợt
targets-removed = Trường đã bỏ khỏi đợt
targets-removed-text = Mã của các trường này không nhận phiếu; phiếu đã nhận vẫn được tính.
targets-return = Đưa trường trở lại
targets-all-in = Mọi trường có cấp học của mẫu phiếu đã ở trong đợt.
targets-add-which = Chọn trường…
targets-no-such-school = Xin chọn một trường trong danh sách.
targets-known-already = { $unit } đã có trong đợt; nếu đã bỏ thì xin bấm “Đưa trường trở lại”.
targets-misfit = { $unit } không có cấp học nào của mẫu phiếu trong đợt nên không thêm được.
said-corrected = { $unit }: đã ghi { $pupils } học sinh.
said-unknown = { $unit }: đã ghi là chưa rõ số học sinh. Tỷ lệ trả lời không tính trường này.
said-removed = Đã bỏ { $unit } khỏi đợt. Mã của trường ngừng nhận phiếu.
said-returned = Đã đưa { $unit } trở lại. Mã cũ của trường dùng được như trước.
said-added = Đã thêm { $unit }. Mã của trường ở trang “Mã và đường dẫn”.
targets-add = Thêm trường
targets-add-hint = Trường phải có cấp học của mẫu phiếu trong đợt.
targets-add-now = Thêm
targets-wrong = Không tìm thấy trường hoặc mã này trong đợt. Xin tải lại trang.

links-intro = Mỗi trường một mã cho mỗi kênh, dùng suốt đợt. Chép lời mời vào nhóm Zalo của lớp, hoặc in áp phích.
links-code = Mã
links-url = Đường dẫn
links-revoked = đã thu hồi
links-sms = Tin nhắn SMS không dấu, { $n }/160 ký tự:
links-sms-label = Tin nhắn SMS không dấu
links-copy-sms = Chép tin nhắn SMS
links-sms-text = { $whom ->
    [phu_huynh] { $unit } mời cha mẹ cho ý kiến
    [hoc_sinh] { $unit } mời các em học sinh cho ý kiến
    [hoc_vien] { $unit } mời học viên cho ý kiến
    [can_bo] { $unit } mời thầy cô, nhân viên cho ý kiến
    [nhan_dan] { $unit }: mời bà con góp ý
   *[other] { $unit }: mời cho ý kiến
}, { $minutes } phút, không ghi tên: { $url } Hạn { $closes }
links-message = Lời mời để chép
links-message-text =
    { $whom ->
        [hoc_sinh] Các em học sinh thân mến: mời các em trả lời
        [hoc_vien] Kính gửi các anh/chị học viên: xin mời trả lời
        [can_bo] Kính gửi thầy, cô và các anh/chị: xin mời trả lời
        [everybody] Xin mời trả lời
       *[other] Kính gửi ông/bà, anh/chị: xin mời trả lời
    } phiếu “{ $round }” – { $unit }.
    { $url }
    Khoảng { $minutes } phút, không hỏi tên, nhận phiếu đến { $closes }.
    { $whom ->
        [hoc_sinh] Không bắt buộc: em trả lời hay không, trả lời thế nào đều không ảnh hưởng đến việc học. Em đừng gửi ảnh chụp màn hình cho ai.
       *[other] Không bắt buộc: trả lời hay không, trả lời thế nào đều không ảnh hưởng đến ai. Xin không gửi ảnh chụp màn hình cho ai.
    }
links-message-text-codes =
    { $whom ->
        [hoc_sinh] Các em học sinh thân mến: mời các em trả lời
        [hoc_vien] Kính gửi các anh/chị học viên: xin mời trả lời
        [can_bo] Kính gửi thầy, cô và các anh/chị: xin mời trả lời
        [everybody] Xin mời trả lời
       *[other] Kính gửi ông/bà, anh/chị: xin mời trả lời
    } phiếu “{ $round }” – { $unit }.
    { $url }
    { $whom ->
        [hoc_sinh] Em cần có phiếu giấy ghi mã dùng một lần đã được phát: mở đường dẫn trên rồi gõ mã, hoặc quét mã QR trên phiếu giấy. Em đừng đưa mã của mình cho ai.
       *[other] Cần có phiếu giấy ghi mã dùng một lần đã được phát: mở đường dẫn trên rồi gõ mã, hoặc quét mã QR trên phiếu giấy. Xin không đưa mã của mình cho ai.
    }
    Khoảng { $minutes } phút, không hỏi tên, nhận phiếu đến { $closes }.
    { $whom ->
        [hoc_sinh] Không bắt buộc: em trả lời hay không, trả lời thế nào đều không ảnh hưởng đến việc học. Em đừng gửi ảnh chụp màn hình cho ai.
       *[other] Không bắt buộc: trả lời hay không, trả lời thế nào đều không ảnh hưởng đến ai. Xin không gửi ảnh chụp màn hình cho ai.
    }
links-copy = Chép lời mời
links-copied = Đã chép
links-copy-failed = Chưa chép được: xin chọn chữ rồi chép
links-new = Tạo mã mới
links-qr = Tải ảnh QR
links-print = In
links-revoke = Thu hồi mã
links-revoke-text = Ai quét tờ có mã này sẽ thấy trang báo mã không dùng được. Phiếu đã nhận vẫn được tính. Mã đã thu hồi không dùng lại được; sau đó có thể tạo mã mới.
links-revoke-sure = Thu hồi mã { $code }
links-old = Mã cũ đã thu hồi: { $codes }
links-live-already = Trường đang có mã { $code } cho kênh này. Muốn đổi thì thu hồi mã đó trước.
links-find = Tìm trường hoặc mã
links-find-now = Tìm
links-find-all = Xem tất cả
links-none = Không có trường hay mã nào khớp với “{ $q }”.
links-not-open = Đợt chưa mở: ai quét mã lúc này chỉ thấy trang báo chưa mở.
links-closed = Đợt đã đóng: các mã không nhận phiếu mới.
links-frozen = Số liệu đã chốt: các mã không nhận phiếu nữa.
said-revoked = Đã thu hồi mã { $code } của { $unit }.
said-new-code = Đã tạo mã mới { $code }. Xin in lại tờ mới và gỡ tờ cũ.

posters-intro = { $shown } tờ A4, mỗi mã một tờ. Dán ở cổng trường, bảng tin.
posters-how = In: bấm Ctrl và P, chọn khổ A4, lề “không”.
posters-channel = Kênh
posters-all = Tất cả
posters-choose = Chọn
posters-none = Không có tờ nào để in theo lựa chọn này.
posters-all-of-round = Xem tất cả các tờ
poster-invite = Mời cho ý kiến về { $unit }
poster-lead = Ý kiến được tổng hợp chung, không hỏi tên, để biết việc nào nên làm trước.
poster-qr = Mã QR mở phiếu, mã { $code }
poster-scan = Quét bằng Zalo hoặc máy ảnh của điện thoại
poster-slip = Cần phiếu giấy ghi mã dùng một lần đã được phát: gõ mã ấy khi được hỏi.
poster-or = hoặc mở
poster-code = Mã { $code }
poster-for = Tờ dành cho: { $channel } · Mã { $code }
poster-minutes = Khoảng { $minutes } phút
poster-minutes-text = không cần cài đặt, không cần đăng nhập
poster-names = Không hỏi tên
poster-names-text = không lưu số điện thoại, địa chỉ mạng
poster-free = Không ảnh hưởng
poster-free-text = đến ai, dù trả lời thế nào
poster-until = Nhận phiếu đến
poster-help = Cần giúp:
poster-warning = { $whom ->
    [hoc_sinh] Không ai được đòi xem phiếu hay ảnh chụp màn hình của em. Thấy mã QR khác dán đè lên tờ này, em báo thầy, cô. Em hay bạn gặp nguy hiểm: gọi 111.
    [nhan_dan] Không ai được đòi xem phiếu hay ảnh chụp màn hình. Thấy mã QR khác dán đè lên tờ này, xin báo nơi dán tờ này. Trẻ em gặp nguy hiểm: gọi 111.
   *[other] Không ai được đòi xem phiếu hay ảnh chụp màn hình. Thấy mã QR khác dán đè lên tờ này, xin báo nhà trường. Trẻ em gặp nguy hiểm: gọi 111.
}
desk-assist = Nhập hộ
assist-title = Nhập phiếu hộ
assist-intro = Dành cho người không tự trả lời được trên máy: người cao tuổi, người kém mắt, người không dùng điện thoại.
assist-rule-consent = Chỉ nhập khi người trả lời đồng ý. Không hỏi tên, không ghi tên.
assist-rule-read = Đọc nguyên văn từng câu và từng mức. Không gợi ý, không giải thích theo ý mình, không trả lời thay.
assist-rule-flag = Phiếu nhập hộ được ghi riêng và báo cáo riêng. Người của trường được hỏi ý kiến không được nhập hộ.
assist-none = Hiện không có đợt nào đang mở cho địa bàn của đơn vị này.
assist-begin = Nhập một phiếu
assist-find = Tìm trường
assist-not-found = Không có trường nào khớp với “{ $q }”.
show-modes = Cách nhận phiếu
mode-web = Tự trả lời trên máy của mình
mode-api = Qua phần mềm khác
mode-kiosk = Máy dùng chung
mode-assisted = Nhập hộ
links-kiosk = Máy dùng chung
links-try = Thử phiếu
forms-title = Mẫu phiếu và kênh
forms-intro = Đổi được đến khi đợt mở. Trường nào không còn cấp học được hỏi thì ra khỏi đợt; đợt đã được duyệt phải duyệt lại.
forms-questionnaires = Mẫu phiếu
forms-kept = Đang dùng trong đợt
forms-channels = Kênh lấy ý kiến
forms-channels-hint = Mỗi trường có một mã riêng cho mỗi kênh. Bỏ một kênh thì mã của kênh đó ngừng dùng, kể cả tờ đã in.
forms-nobody = Không trường nào trong đợt có cấp học mà các phiếu này hỏi. Xin chọn mẫu khác, hoặc thêm trường vào đợt trước.
said-forms = Đã lưu mẫu phiếu và kênh. Xin xem lại danh sách trường dưới đây.
said-forms-left-out = Không còn hỏi: { $units }.
