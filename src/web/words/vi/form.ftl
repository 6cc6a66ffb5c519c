audience-phu_huynh = cha mẹ, người nuôi dưỡng
audience-hoc_sinh = học sinh
audience-hoc_vien = học viên
audience-can_bo = cán bộ, giáo viên, nhân viên
audience-nhan_dan = người dân
level-mam_non = Mầm non
level-tieu_hoc = Tiểu học (lớp 1 đến lớp 5)
level-thcs = Trung học cơ sở (lớp 6 đến lớp 9)
level-thpt = Trung học phổ thông (lớp 10 đến lớp 12)
level-gdtx = Giáo dục thường xuyên
level-moi_cap = Mọi cấp học
channel-truong = Nhà trường
channel-mat_tran = Mặt trận
channel-doan_the = Đoàn thể

question-required = cần trả lời
question-other = Khác
question-other-text = Xin ghi rõ
question-several = Có thể chọn nhiều ý.
question-at-least = Chọn ít nhất { $min } ý.
question-at-most = Chọn nhiều nhất { $max } ý.
question-exactly = Chọn đúng { $n } ý.
question-choose = – Xin chọn –
question-search = Gõ để tìm, không cần dấu
question-found = Tìm thấy { $n } mục
question-none-chosen = Chưa chọn được: xin chạm vào một mục trong danh sách
question-other-instead = Không có trong danh sách? Xin ghi vào đây
question-acknowledge = Tôi đã đọc
question-date-like = ngày/tháng/năm
question-time-like = giờ:phút
question-between = Một số từ { $min } đến { $max }.
question-rank-position = Vị trí { $n }
question-rank-tap = Chạm lần lượt theo thứ tự, từ vị trí 1, nhiều nhất { $max } mục. Chạm lần nữa để bỏ ra.
question-rank-put = vị trí
question-rank-taken = đã bỏ ra
question-rank-full = Đã đủ { $max } mục. Muốn đổi, xin chạm vào một mục đã xếp để bỏ ra.
question-audio = Nghe câu hỏi
question-audio-stop = Dừng nghe
question-listen = Nghe đọc câu này
form-listen = Nghe đọc câu hỏi

violation-required = Xin trả lời câu này.
violation-unknown-question = Phiếu không có câu hỏi “{ $name }”, mục này được bỏ ra. Xin gửi lại.
violation-not-offered = Phương án này không áp dụng với các câu đã trả lời. Xin chọn phương án khác.
violation-unknown-choice = Phương án đã chọn không có trong câu này. Xin chọn lại.
violation-repeated = Câu này có câu trả lời bị lặp hoặc bị thừa. Xin chọn lại.
violation-wrong-type = Câu trả lời chưa đúng dạng. Xin chọn hoặc ghi lại.
violation-not-a-number = Xin chỉ ghi chữ số, ví dụ 15.
violation-not-a-decimal = Xin chỉ ghi một số, ví dụ 4,5.
violation-too-fine = Xin ghi nhiều nhất hai chữ số sau dấu phẩy.
violation-two-readings = Số này có thể đọc là { $whole } hoặc { $fraction }. Xin ghi lại theo một trong hai cách đó.
violation-not-a-date = Xin ghi ngày, tháng, năm, ví dụ 05/9/2026.
violation-no-such-day = Trên lịch không có ngày này. Xin xem lại ngày, tháng, năm.
violation-not-a-time = Xin ghi giờ và phút theo 24 giờ, ví dụ 16:30.
violation-out-of-range = Xin ghi một số từ { $min } đến { $max }.
violation-too-small = Xin ghi một số từ { $min } trở lên.
violation-too-large = Xin ghi một số không quá { $max }.
violation-out-of-range-date = Xin ghi một ngày từ { $min } đến { $max }.
violation-too-small-date = Xin ghi một ngày từ { $min } trở về sau.
violation-too-large-date = Xin ghi một ngày không muộn hơn { $max }.
violation-out-of-range-time = Xin ghi một giờ từ { $min } đến { $max }.
violation-too-small-time = Xin ghi một giờ từ { $min } trở đi.
violation-too-large-time = Xin ghi một giờ không muộn hơn { $max }.
violation-too-short = Xin ghi ít nhất { $min } ký tự.
violation-too-few = Xin chọn ít nhất { $min } ý.
violation-too-many = Xin chọn nhiều nhất { $max } ý. Xin bỏ bớt { $over } ý.
violation-not-together = “{ $choice }” không đi cùng ý khác. Xin bỏ chọn ý đó, hoặc bỏ chọn các ý còn lại.
violation-ranked-twice = “{ $choice }” đang ở hai vị trí. Mỗi mục chỉ xếp một lần.
violation-not-ticked = Xin đọc rồi đánh dấu vào ô này.
violation-off-step = Chỉ nhận { $which }.
steps-each = số từ { $min } đến { $max }
steps-tens = số tròn chục từ { $min } đến { $max }: { $values }
steps-apart = số từ { $min } đến { $max }, cách nhau { $step }: { $values }
violation-too-long = Dài quá { $max } ký tự. Xin bớt { $over } ký tự.
violation-lost-character = Trong câu trả lời có chữ bị hỏng, hiện thành dấu �. Xin xóa dấu đó và gõ lại chữ.
violation-constraint = Câu trả lời này chưa phù hợp. Xin xem lại.
violation-nothing-answered = Phiếu chưa có câu trả lời nào. Xin trả lời ít nhất một câu rồi gửi.
violation-group-full = Nhóm “{ $group }” đã nhận đủ phiếu, nên phiếu này không gửi được nữa. Xin cảm ơn thời gian đã dành cho phiếu.

start-length = Khoảng { $minutes } phút, { $questions } câu. Câu nào không muốn trả lời thì bỏ qua.
start-anonymous = Không hỏi tên, không lưu số điện thoại, địa chỉ mạng.
start-free = Trả lời thế nào, hay không trả lời, đều không ảnh hưởng đến ai.
start-until = Nhận phiếu đến { $closes }.
start-purpose = Xin cho biết điều gì ở trường đang tốt, điều gì cần sửa. Ý kiến được tổng hợp chung, không hỏi tên, để biết việc nào nên làm trước.
start-which = Trả lời phiếu nào?
start-which-child = Con, cháu đang học cấp nào?
start-which-first = Xin chọn một dòng rồi bấm Bắt đầu.
start-i-am = Tôi là { $audience }
start-i-am-level = Tôi là { $audience } – { $level }
start-which-hint = Mỗi cháu một phiếu. Xong phiếu này có thể trả lời tiếp cho cháu khác.
start-begin = Bắt đầu
start-card = Khoảng { $minutes } phút, không hỏi tên. Nhận phiếu đến { $closes }.
og-locale = vi_VN
share-picture = { $title }. { $unit }. { $description }
card-minutes = Khoảng { $minutes } phút
card-anonymous = Không hỏi tên
card-closes = Nhận phiếu đến { $closes }
start-kept-title = Phiếu này giữ gì, không giữ gì
start-kept = Có giữ
start-kept-answers = Các câu trả lời
start-kept-unit = Tên trường, cấp học
start-kept-day = Ngày gửi, không ghi giờ
start-kept-how = Thứ tiếng đã chọn, nơi phát mã, gửi trước hay sau giờ đóng, điền nhanh hay chậm (không giữ thời gian)
start-not-kept = Không giữ
start-not-names = Tên người trả lời, tên con, cháu
start-not-phone = Số điện thoại, tài khoản Zalo
start-not-device = Địa chỉ mạng, loại máy, vị trí
start-screenshot = Không ai được đòi xem phiếu, hay đòi ảnh chụp màn hình.
start-screenshot-more = Nếu có người đòi, xin báo cơ quan lấy ý kiến ghi ở cuối trang.
start-not-petition = Đây là phiếu lấy ý kiến, không phải đơn. Khiếu nại, tố cáo có thủ tục riêng, xin gửi đến nơi tiếp công dân.
start-notice = Ai hỏi, để làm gì, ai xem được?
notice-who = Ai hỏi
notice-contact = Hỏi thêm:
notice-operator = Ai vận hành phần mềm
notice-operator-self = Cơ quan lấy ý kiến tự vận hành phần mềm Lắng Nghe, không giao phiếu cho bên nào khác.
notice-operator-text = { $operator } vận hành phần mềm Lắng Nghe cho cơ quan lấy ý kiến và không dùng phiếu vào việc khác.
notice-what-for = Để làm gì
notice-what = Thu những gì
notice-what-text = Các câu trả lời, tên trường, cấp học, ngày gửi, thứ tiếng đã chọn, nơi phát mã và cách gửi (máy của mình, máy dùng chung hay nhờ người nhập hộ). Ai đánh dấu là bị yêu cầu chọn mức thì chỉ được đếm chung cho từng trường. Trả lời là tự nguyện: câu nào cũng có thể bỏ qua, trừ câu ghi “cần trả lời”.
notice-anonymous = Có ẩn danh không
notice-anonymous-text = Có: phiếu không hỏi tên và không lưu gì để biết ai đã trả lời; chỉ những gì người trả lời tự viết về mình mới có thể cho biết.
notice-how-long = Giữ bao lâu
notice-how-long-text = Cơ quan lấy ý kiến giữ các phiếu để đối chiếu với kết quả và xóa chậm nhất ngày { $until }, tức 24 tháng sau khi đóng đợt. Số liệu chung được giữ lâu dài. Phiếu điền dở mà không gửi thì không được tính.
notice-who-sees = Ai xem được, công bố thế nào
notice-who-sees-text = Cán bộ tổng hợp của cơ quan lấy ý kiến. Nhà trường và nơi khác chỉ nhận số liệu chung của nhóm từ { $k } phiếu trở lên. Ý kiến tự viết chỉ được công bố sau khi có người đọc và bỏ những chi tiết có thể nhận ra ai.
notice-rights = Quyền của người trả lời
notice-rights-text = Được biết, được hỏi, được yêu cầu xem, sửa, xóa: xin gọi hoặc viết cho cơ quan ghi ở dòng “Ai hỏi”, cơ quan trả lời trong 2 ngày làm việc. Phiếu đã gửi rút lại được bằng mã rút lại, xem ngay sau khi gửi; không có mã thì phiếu ẩn danh không tìm lại được để sửa hay xóa.
notice-free = Không trả lời có sao không
notice-free-text = Không sao. Trả lời hay không, trả lời thế nào đều không ảnh hưởng đến học sinh và không ảnh hưởng đến ai.
notice-others = Xin đừng ghi
notice-others-text = Tên, số điện thoại, chuyện riêng của người khác.
notice-complaints = Khiếu nại, tố cáo
notice-complaints-text = Phiếu này không phải đơn và không thay cho đơn. Khiếu nại, tố cáo xin gửi người hoặc cơ quan có thẩm quyền, hoặc đến nơi tiếp công dân; ở đó có thời hạn và trả lời theo luật.

danger-title = Trẻ em đang gặp nguy hiểm?
danger-text = Xin đừng báo qua phiếu này. Hãy gọi ngay Tổng đài quốc gia bảo vệ trẻ em, miễn phí, cả ngày lẫn đêm:
danger-call = Gọi 111

form-skip-to = Đến câu hỏi
form-intro = { $parts } phần, khoảng { $minutes } phút. Câu nào không muốn trả lời thì bỏ qua, trừ câu có ghi “cần trả lời”.
form-part = Phần { $part } / { $parts } · còn khoảng { $minutes } phút
form-send = Gửi phiếu
form-sending = Đang gửi…
form-after = Gửi xong sẽ có mã biên nhận. Phiếu không hỏi tên, không lưu số điện thoại, địa chỉ mạng.
form-key-lost = Phiếu chưa gửi được. Câu trả lời vẫn còn trên trang này: xin bấm Gửi phiếu lần nữa.
form-offline = Chưa gửi được vì mất mạng. Phiếu vẫn còn trên máy này; trang sẽ tự gửi lại khi có mạng.
form-wrong-short = Cần xem lại
form-wrong-title = Phiếu chưa gửi: còn { $shown } câu cần xem lại
part-wrong-title = Còn { $shown } câu cần xem lại
form-wrong-text = Những gì đã điền vẫn còn. Chạm vào từng dòng để đến câu đó.

receipt-title = Đã nhận phiếu. Xin cảm ơn!
receipt-text = { $whom ->
    [phu_huynh] Ý kiến của ông/bà, anh/chị đã được ghi nhận và chỉ tính một lần. Có thể đóng trang này.
    [hoc_sinh] Ý kiến của em đã được ghi nhận và chỉ tính một lần. Em có thể đóng trang này.
    [hoc_vien] Ý kiến của anh/chị đã được ghi nhận và chỉ tính một lần. Có thể đóng trang này.
    [can_bo] Ý kiến của thầy/cô đã được ghi nhận và chỉ tính một lần. Có thể đóng trang này.
    [nhan_dan] Ý kiến của ông/bà đã được ghi nhận và chỉ tính một lần. Có thể đóng trang này.
   *[other] Ý kiến đã được ghi nhận và chỉ tính một lần. Có thể đóng trang này.
}
receipt-another = Trả lời cho con khác
receipt-another-nhan-dan = Gửi thêm một ý kiến
receipt-another-khac = Người khác trả lời trên máy này
another-slip = Mỗi mã trên phiếu giấy chỉ gửi được một phiếu. Có phiếu giấy thứ hai cho con khác thì xin quét mã QR trên phiếu giấy đó.
another-slip-nhan-dan = Mỗi mã trên phiếu giấy chỉ gửi được một phiếu. Có phiếu giấy thứ hai thì xin quét mã QR trên phiếu giấy đó.
another-slip-khac = Mỗi mã trên phiếu giấy chỉ gửi được một phiếu. Người khác có phiếu giấy riêng thì xin quét mã QR trên phiếu giấy đó.
receipt-code = Mã biên nhận
receipt-code-text = { $whom ->
    [hoc_sinh] Em ghi lại nếu muốn. Mã chỉ cho biết phiếu đã gửi: không ai xem được câu trả lời bằng mã này.
   *[other] Ghi lại nếu muốn. Mã chỉ cho biết phiếu đã gửi: không ai xem được câu trả lời bằng mã này.
}
receipt-screenshot = { $whom ->
    [hoc_sinh] Em không cần gửi mã hay ảnh chụp màn hình cho ai, kể cả thầy, cô.
   *[other] Không cần gửi mã hay ảnh chụp màn hình cho ai, kể cả giáo viên.
}
receipt-next = Việc tiếp theo
receipt-today = Hôm nay
receipt-today-text = Phiếu đã được tính vào kết quả chung.
receipt-closes-text = Hết hạn nhận phiếu.
receipt-then = Sau đó
receipt-by = Chậm nhất { $day }
receipt-then-text = { $owner } tổng hợp và báo kết quả chung, không nêu riêng phiếu nào.

shut-early-title = Chưa đến ngày lấy ý kiến
shut-early-text = Nhận phiếu từ { $opens } đến { $closes }.
shut-draft-text = Đợt lấy ý kiến này đang được chuẩn bị.
shut-early-advice = Xin giữ đường dẫn hoặc tờ giấy có mã QR và mở lại sau. Mã không thay đổi.
shut-paused-title = Đợt lấy ý kiến đang tạm dừng
shut-paused-text = Tạm dừng đến { $until }, sau đó nhận phiếu tiếp đến { $closes }.
shut-paused-advice = Phiếu đã mở trước lúc tạm dừng vẫn gửi được. Xin giữ mã QR và mở lại sau; mã không thay đổi.
shut-closed-title = Đợt lấy ý kiến đã kết thúc
shut-closed-text = Đợt này đã ngừng nhận phiếu từ { $closes }. Xin cảm ơn.
shut-grace-advice = Phiếu mở trước giờ đó vẫn gửi được trong 24 giờ.
shut-closed-advice = Muốn góp ý thêm, xin hỏi nhà trường hoặc cơ quan ghi ở cuối trang.

unknown-short = Không tìm thấy mã
unknown-title = Không tìm thấy mã “{ $code }”
unknown-text = Có thể mã bị gõ nhầm hoặc không còn dùng. Mã gồm 6 chữ cái và chữ số, không có số 0, số 1 và các chữ I, L, O.
unknown-retype = Gõ lại mã in trên giấy
unknown-open = Mở phiếu
unknown-scan = Xin quét lại mã QR, giữ máy cách giấy chừng một gang tay.
unknown-ask = Vẫn chưa được? Xin hỏi nhà trường.
unknown-fake = Mã QR dán đè lên tờ giấy có thể là giả: xin xem kỹ địa chỉ trước khi trả lời.

conflict-title = Phiếu này cho con khác, hay vẫn là phiếu vừa gửi?
conflict-title-nhan-dan = Đây là ý kiến mới, hay vẫn là phiếu vừa gửi?
conflict-title-khac = Đây là phiếu của người khác, hay vẫn là phiếu vừa gửi?
conflict-text = Máy này đã gửi một phiếu lúc nãy. Phiếu vừa điền có câu trả lời khác. Chưa có gì bị mất, xin chọn một cách:
conflict-late-title = Phiếu lúc nãy đã được nhận
conflict-late-text = Máy này đã gửi một phiếu lúc nãy. Lần gửi này có câu trả lời khác. Đợt lấy ý kiến đã hết hạn hoặc đã đủ phiếu, nên không nhận thêm phiếu mới.
conflict-another = Trả lời cho con khác
conflict-another-nhan-dan = Gửi thêm một ý kiến
conflict-another-khac = Phiếu của người khác
conflict-another-text = Phiếu lúc nãy giữ nguyên. Phiếu này được tính là phiếu mới.
conflict-another-send = Gửi thành phiếu mới
conflict-another-code = Mã lúc nãy đã dùng. Phiếu mới cần mã khác: xin gõ mã trên phiếu giấy thứ hai.
conflict-same = Vẫn là phiếu vừa gửi
conflict-same-text = Phiếu đã gửi không sửa được, vì không lưu ai gửi phiếu nào. Phiếu lúc nãy được giữ như đã gửi.
conflict-keep = Giữ phiếu lúc nãy

busy-title = Đang có rất nhiều người gửi phiếu
busy-text = Phiếu chưa gửi được. Câu trả lời vẫn còn trên trang này. Xin đợi khoảng 20 giây rồi gửi lại.
busy-send = Gửi lại phiếu
busy-once = Gửi nhiều lần cũng chỉ tính một phiếu.

failed-title = Chưa gửi được phiếu
failed-text = Máy chủ đang trục trặc. Câu trả lời vẫn còn trên trang này: xin đợi một phút rồi gửi lại. Nếu vẫn không được, xin báo nhà trường mã { $reference }.

submit-not-utf8 = Không đọc được chữ trong phiếu. Xin tải lại trang, điền lại và gửi.
